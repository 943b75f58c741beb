package portal

import "time"

// WordsMax is how much one message of a thread holds, in characters.
const WordsMax = 2000

// ThreadMessage is one message between the people of an application and the contact of
// its topic; nothing is changed or taken back.
type ThreadMessage struct {
	Side  Role // RoleApplicant or RoleContact
	By    string
	Words string
	At    time.Time
}
