// Command bench prints what the portal costs, one figure a line and each beside its floor; "make bench" runs it, and
// "make bench ONLY=uploads" one figure alone (main.go has their names).
//
// The portal under test is bin/portal itself, as an operator would start it: its own process, its router, sessions and
// access log, which goes to a file as it would under a service manager. The database is a private cluster in a
// temporary folder with the demonstration's data. The log's lines are counted at the end and must be as many as the
// requests, so that a figure without the log is no figure.
//
// A floor is another process that does the least that could give the same answer: a bare net/http handler, without
// router, middleware, log, sessions or server timeouts, which writes the very bytes and headers that were recorded from
// the portal a moment before.
//
//   - P1, the public topic page: the floor writes the page in the same encoding.
//   - P2, the same page to a browser that has it: the floor answers 304 with the same headers.
//   - P3, an applicant's list of 50 applications, and P3a, the account page: the floor runs the statements whose rows the
//     page shows, through the same store, pool and desk, for an account it knows from the start, and writes the recorded
//     bytes. Those are the account with its rights (name, address and roles stand in the masthead), and the list, or the
//     unit and devices. Both sides so make two round trips: the portal finds the account together with the session. What
//     the floor leaves out is everything that follows from a session: the cookie's hash, judging the actor, rendering,
//     compressing. The line below P3 shows how far away a floor would be that knew the account by heart.
//   - P4, submissions: applicants with sessions of their own post complete drafts, each another one, to ten topics. The
//     floor is pgbench, as the portal's role, with policies, triggers and constraints at work, on the same server. Its
//     script writes what one submission writes, row for row: it sets the scope, locks the application, takes a number,
//     moves the application, and adds the version, what it is found by, the event, two messages and three jobs. The rows are
//     those that the portal wrote a moment before, and what differs from one submission to the next is a parameter, so that the
//     document travels on both sides. What the portal reads on its way (session, form, guideline, draft, addressees) is its own
//     cost. After each round all rows are counted, the numbers must be without gap and double, and the owner makes the
//     drafts new. The portal delivers its mails, to files, and makes papers in the same process meanwhile, as it would in
//     service, while the jobs of the floor stand in a queue that nobody works; the line below P4 tells the same with River's
//     queues paused until the round's end. A third line has one client in place of 16.
//   - P5, the desk's search: two portals, filled by "bin/portal seed" with 5,000 and with 200,000 applications whose texts
//     have 600 characters; in both, the contact of the first topic has the same 500. One browser asks for the list by
//     three words, that stand in 30 %, in 1 % and in five of them, and by one with a field, whole requests in turn. The
//     floor is the small portal. Below it, an administrator's rare word among all 200,000.
//
// Both sides share the machine with the generator of the load and with whatever else runs there, so a rate says little
// and only ratios are judged: five pairs of rounds in turn, portal, floor, portal, floor …, of two seconds (one for P3a,
// the line below P3 and P5) and 16 keep-alive connections each (one for P5), over loopback; a line shows the medians. The generator
// lives in this process, which does nothing else meanwhile and is neither of the two servers. It writes a prebuilt
// request and checks status and length of every answer without building an http.Response, because the dearer it is, the
// closer to 1 it pushes every ratio. The floor of P4 brings its own, and talks to the database over its socket, as the
// portal does.
package main
