package server

import (
	"net/http"

	"softsci/internal/auth"
	"softsci/internal/desk"
	"softsci/internal/portal"
)

// route is a row of the table: nothing else is reachable. The wrapper of the
// handler says for whom it is.
type route struct {
	method, pattern string
	handler         http.Handler
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// Route names a row of the table, for those who review it.
type Route struct{ Method, Pattern string }

// Routes is the whole table without its handlers, in its order.
func Routes() []Route {
	var names []Route
	for _, r := range (&Server{}).routes() {
		names = append(names, Route{r.method, r.pattern})
	}
	return names
}

func (s *Server) routes() []route {
	return []route{
		// for everybody, the same bytes for everybody
		{get, "/", s.asPublic(s.home)},
		{get, "/batches/{slug}", s.asPublic(s.batch)},
		{get, "/batches/{slug}/topics/{ordinal}", s.asPublic(s.topic)},
		{get, "/help", s.asPublic(s.help)},
		{get, "/accessibility", s.asPublic(s.accessibility)},
		{get, "/privacy", s.asPublic(s.privacy)},
		{get, "/site-map", s.asPublic(s.siteMap)},
		{get, "/batches/{slug}/changes/{n}", s.asPublic(s.changes)},
		{get, "/batches", s.asPublic(s.pastBatches)},
		{get, "/batches/{slug}.json", s.asVisitor(s.batchJSON)},
		{get, "/batches/{slug}.ics", s.asVisitor(s.calendar)},
		{get, "/batches/{slug}/document", s.asVisitor(s.document)},
		{get, "/batches/{slug}/topics/{ordinal}/questions", s.asVisitor(s.publicAnswers)},
		{get, "/batches/{slug}/topics/{ordinal}/questions.atom", s.asVisitor(s.answersFeed)},
		{get, "/batches/{slug}/topics/{ordinal}/questions/new", s.asVisitor(s.askForm)},
		{post, "/batches/{slug}/topics/{ordinal}/questions", s.asVisitor(s.ask)},
		{get, desk.QuestionPath + "{token}", s.asVisitor(s.confirmQuestionForm)},
		{post, desk.QuestionPath + "{token}", s.asVisitor(s.confirmQuestion)},
		{get, "/receipts/keys.json", s.asVisitor(s.receiptKeys)},
		{get, "/receipts/{number}", s.asVisitor(s.proof)},
		{get, "/feed.atom", s.asVisitor(s.feed)},
		{get, "/sitemap.xml", s.asVisitor(s.sitemapXML)},
		{get, "/robots.txt", s.asVisitor(s.robots)},
		{get, "/search", s.asVisitor(s.search)},
		{post, "/display", s.asVisitor(s.display)},
		{get, "/assets/{name}", s.asVisitor(s.asset)},
		{get, "/favicon.ico", s.asVisitor(s.favicon)},
		{get, "/healthz", s.asVisitor(s.healthz)},
		{get, "/readyz", s.asVisitor(s.readyz)},

		// for everybody, with a session on the way
		{get, "/sign-in", s.asGuest(s.signInForm)},
		{post, "/sign-in", s.asGuest(s.signIn)},
		{get, "/register", s.asGuest(s.registerForm)},
		{post, "/register", s.asGuest(s.register)},
		{get, "/forgotten", s.asGuest(s.forgotForm)},
		{post, "/forgotten", s.asGuest(s.forgot)},
		{get, "/reset/{token}", s.asGuest(s.resetForm)},
		{post, "/reset/{token}", s.asGuest(s.reset)},
		{get, "/invitations/{token}", s.asGuest(s.invitationForm)},
		{post, "/invitations/{token}", s.asGuest(s.acceptInvitation)},
		{get, "/confirm/{token}", s.asGuest(s.confirmForm)},
		{post, "/confirm/{token}", s.asGuest(s.confirm)},

		// for any account, about itself
		{get, "/account", s.asHolder(s.account)},
		{get, "/account/session", auth.Quietly(s.asHolder(s.session))},
		{post, "/account/session", s.asHolder(s.prolong)},
		{get, "/account/profile", s.asHolder(s.profile)},
		{post, "/account/profile", s.asHolder(s.saveProfile)},
		{post, "/account/password", s.asHolder(s.changePassword)},
		{post, "/account/confirmation", s.asHolder(s.askConfirmation)},
		{post, "/account/sessions/end", s.asHolder(s.endSessions)},
		{post, "/account/sessions/{id}/end", s.asHolder(s.endSession)},
		{get, dataPath, s.asHolder(s.ownData)},
		{get, dataPath + ".json", s.asHolder(s.exportData)},
		{post, dataPath + "/drafts/removal", s.asApplicant(s.eraseDrafts)},
		{post, "/account/calendar", s.asHolder(s.offerCalendar)},
		{post, "/account/calendar/end", s.asHolder(s.endCalendar)},
		{get, desk.CalendarPath + "{token}.ics", s.asVisitor(s.deadlines)},
		{get, "/kept/{key}", s.asHolder(s.kept)},
		{post, "/kept/{key}", s.asHolder(s.repeat)},
		{post, "/sign-out", s.asHolder(s.signOut)},

		// for applicants
		{get, "/applications", s.asApplicant(s.applications)},
		{post, "/applications", s.asApplicant(s.begin)},
		{get, "/applications/new", s.asApplicant(s.openTopics)},
		{get, "/applications/{ref}", s.asApplicant(s.application)},
		{get, "/applications/{ref}/copy", s.asApplicant(s.earlier)},
		{post, "/applications/{ref}/copy", s.asApplicant(s.copyFrom)},
		{get, "/applications/{ref}/renewal", s.asApplicant(s.renewForm)},
		{post, "/applications/{ref}/renewal", s.asApplicant(s.renew)},
		{get, "/applications/{ref}/sections/{name}", s.asApplicant(s.sectionForm)},
		{post, "/applications/{ref}/sections/{name}", s.asApplicant(s.saveSection)},
		{get, "/applications/{ref}/sections/{name}/revisions", s.asApplicant(s.revisions)},
		{get, "/applications/{ref}/sections/{name}/revisions/{n}", s.asApplicant(s.revision)},
		{post, "/applications/{ref}/sections/{name}/revisions/{n}", s.asApplicant(s.takeBack)},
		{get, "/applications/{ref}/files", s.asApplicant(s.files)},
		{post, "/applications/{ref}/files/{kind}", s.asApplicant(s.attach)},
		{get, "/applications/{ref}/files/{file}", s.asApplicant(s.ownFile)},
		{post, "/applications/{ref}/files/{file}/removal", s.asApplicant(s.detach)},
		{get, "/applications/{ref}/people", s.asApplicant(s.writers)},
		{post, "/applications/{ref}/people", s.asApplicant(s.inviteWriter)},
		{post, "/applications/{ref}/people/{account}/removal", s.asApplicant(s.removeWriter)},
		{get, "/applications/{ref}/people/{account}/leadership", s.asApplicant(s.passOnForm)},
		{post, "/applications/{ref}/people/{account}/leadership", s.asApplicant(s.passOn)},
		{post, "/applications/{ref}/departure", s.asApplicant(s.leave)},
		{get, "/applications/{ref}/submission", s.asApplicant(s.checkForm)},
		{post, "/applications/{ref}/submission", s.asApplicant(s.submit)},
		{get, "/applications/{ref}/versions/{n}", s.asApplicant(s.compareOwn)},
		{get, "/applications/{ref}/opinions", s.asApplicant(s.opinions)},
		{get, "/applications/{ref}/receipt", s.asApplicant(s.receipt)},
		{get, "/applications/{ref}/receipt.json", s.asApplicant(s.signedReceipt)},
		{get, "/applications/{ref}/receipt.pdf", s.asApplicant(s.printedReceipt)},
		{get, "/applications/{ref}/paper.pdf", s.asApplicant(s.paper)},
		{post, "/applications/{ref}/profile", s.asApplicant(s.keepProfile)},
		{post, "/applications/{ref}/guideline", s.asApplicant(s.confirmGuideline)},
		{post, "/applications/{ref}/messages", s.asApplicant(s.writeToContact)},
		{get, "/applications/{ref}/topic", s.asApplicant(s.changeTopicForm)},
		{post, "/applications/{ref}/topic", s.asApplicant(s.changeTopic)},
		{get, "/applications/{ref}/withdrawal", s.asApplicant(s.withdrawForm)},
		{post, "/applications/{ref}/withdrawal", s.asApplicant(s.withdraw)},
		{post, "/applications/{ref}/edit", s.asApplicant(s.reopen)},
		{get, "/applications/{ref}/removal", s.asApplicant(s.discardForm)},
		{post, "/applications/{ref}/removal", s.asApplicant(s.discard)},

		// for contacts
		{get, "/desk", s.asContact(s.inbox)},
		{get, "/desk/views/new", s.asContact(s.newView)},
		{post, "/desk/views", s.asContact(s.saveView)},
		{get, "/desk/views/{id}", s.asContact(s.viewForm)},
		{post, "/desk/views/{id}", s.asContact(s.renameView)},
		{post, "/desk/views/{id}/removal", s.asContact(s.removeView)},
		{get, "/desk/applications/{ref}", s.asContact(s.dossier)},
		{get, "/desk/applications/{ref}/paper.pdf", s.asContact(s.dossierPaper)},
		{get, "/desk/applications/{ref}/files/{file}", s.asContact(s.dossierFile)},
		{get, "/desk/applications/{ref}/versions/{n}", s.asContact(s.compare)},
		{post, "/desk/applications/{ref}/acceptance", s.asContact(s.accept)},
		{get, "/desk/applications/{ref}/return", s.asContact(s.returnForm)},
		{post, "/desk/applications/{ref}/return", s.asContact(s.giveBack)},
		{get, "/desk/applications/{ref}/refusal", s.asContact(s.declineForm)},
		{post, "/desk/applications/{ref}/refusal", s.asContact(s.decline)},
		{get, "/desk/applications/{ref}/recommendation", s.asContact(s.recommendForm)},
		{post, "/desk/applications/{ref}/recommendation", s.asContact(s.recommend)},
		{post, "/desk/applications/{ref}/messages", s.asContact(s.writeToApplicant)},
		{get, "/desk/questions", s.asContact(inRoom[portal.Contact](deskRoom, s.questions))},
		{get, "/desk/questions/new", s.asContact(s.callForm)},
		{post, "/desk/questions", s.asContact(s.noteCall)},
		{get, "/desk/questions/{ref}", s.asContact(inRoom[portal.Contact](deskRoom, s.question))},
		{post, "/desk/questions/{ref}/answer", s.asContact(inRoom[portal.Contact](deskRoom, s.answer))},
		{post, "/desk/questions/{ref}/publication", s.asContact(inRoom[portal.Contact](deskRoom, s.publishAnswer))},
		{post, "/desk/questions/{ref}/publication/end", s.asContact(inRoom[portal.Contact](deskRoom, s.takeBackAnswer))},
		{get, "/desk/applications/{ref}/handler", s.asContact(s.passForm)},
		{post, "/desk/applications/{ref}/handler", s.asContact(s.pass)},
		{post, "/desk/applications/{ref}/handler/end", s.asContact(s.reclaim)},
		{get, "/desk/applications/{ref}/recusal", s.asContact(s.recuseForm)},
		{post, "/desk/applications/{ref}/recusal", s.asContact(s.recuse)},
		{get, "/desk/applications/{ref}/denial", s.asContact(s.denyForm)},
		{post, "/desk/applications/{ref}/denial", s.asContact(s.deny)},
		{get, deputyPath, s.asContact(s.deputyForm)},
		{post, deputyPath, s.asContact(s.nameDeputy)},
		{post, deputyPath + "/{id}/end", s.asContact(s.endDeputy)},

		// for administrators
		{get, "/admin", s.asAdmin(s.overview)},
		{get, "/admin/batches", s.asAdmin(s.managedBatches)},
		{get, "/admin/batches/{slug}", s.asAdmin(s.managedBatch)},
		{get, "/admin/imports/new", s.asAdmin(s.intakeForm)},
		{post, "/admin/imports", s.asAdmin(s.intake)},
		{get, "/admin/batches/{slug}/draft", s.asAdmin(s.draft)},
		{post, "/admin/batches/{slug}/draft/topics", s.asAdmin(s.addTopic)},
		{post, "/admin/batches/{slug}/draft/topics/{key}", s.asAdmin(s.saveTopic)},
		{post, "/admin/batches/{slug}/draft/topics/{key}/move", s.asAdmin(s.topicAct("", s.moveTopic))},
		{post, "/admin/batches/{slug}/draft/topics/{key}/merge", s.asAdmin(s.topicAct("已合并到上一题。", s.mergeTopic))},
		{post, "/admin/batches/{slug}/draft/topics/{key}/removal", s.asAdmin(s.topicAct("已去掉这个选题。", s.removeTopic))},
		{get, "/admin/batches/{slug}/draft/topics/{key}/split", s.asAdmin(s.splitForm)},
		{post, "/admin/batches/{slug}/draft/topics/{key}/split", s.asAdmin(s.splitTopic)},
		{post, "/admin/batches/{slug}/draft/confirmations", s.asAdmin(s.confirmDoubt)},
		{post, "/admin/batches/{slug}/draft/removal", s.asAdmin(s.dropDraft)},
		{get, "/admin/batches/{slug}/settings", s.asAdmin(s.settingsForm)},
		{post, "/admin/batches/{slug}/settings", s.asAdmin(s.saveSettings)},
		{get, "/admin/batches/{slug}/preview", s.asAdmin(s.preview)},
		{get, "/admin/batches/{slug}/preview/topics/{ordinal}", s.asAdmin(s.previewTopic)},
		{get, "/admin/batches/{slug}/publication", s.asAdmin(s.publicationForm)},
		{post, "/admin/batches/{slug}/publication", s.asAdmin(s.publish)},
		{post, "/admin/batches/{slug}/unpublication", s.asAdmin(s.batchAct("", "已撤下，公众不再看到。", s.unpublish))},
		{post, "/admin/batches/{slug}/correction", s.asAdmin(s.batchAct("/draft", "", s.correct))},
		{post, "/admin/batches/{slug}/copy", s.asAdmin(s.copyBatch)},
		{post, "/admin/batches/{slug}/archive", s.asAdmin(s.batchAct("", "已记下。", s.archive))},
		{post, "/admin/batches/{slug}/extension", s.asAdmin(s.extend)},
		{post, "/admin/batches/{slug}/extensions", s.asAdmin(s.extendFor)},
		{post, "/admin/batches/{slug}/extensions/{id}/end", s.asAdmin(s.endExtension)},
		{get, "/admin/batches/{slug}/topics/{ordinal}/contact", s.asAdmin(s.handOverForm)},
		{post, "/admin/batches/{slug}/topics/{ordinal}/contact", s.asAdmin(s.handOver)},
		{get, "/admin/applications", s.asAdmin(s.allApplications)},
		{get, "/admin/applications/{ref}", s.asAdmin(s.officeDossier)},
		{get, "/admin/applications/{ref}/paper.pdf", s.asAdmin(s.adminPaper)},
		{get, "/admin/applications/{ref}/files/{file}", s.asAdmin(s.officeFile)},
		{get, "/admin/applications/{ref}/versions/{n}", s.asAdmin(s.officeCompare)},
		{get, "/admin/applications/{ref}/decisions/{act}", s.asAdmin(s.decideForm)},
		{post, "/admin/applications/{ref}/decisions/{act}", s.asAdmin(s.decide)},
		{get, "/admin/applications/{ref}/handler", s.asAdmin(s.nameForm)},
		{post, "/admin/applications/{ref}/handler", s.asAdmin(s.name)},
		{get, "/admin/recusals", s.asAdmin(s.recusals)},
		{get, "/admin/recusals/{id}/lifting", s.asAdmin(s.liftForm)},
		{post, "/admin/recusals/{id}/lifting", s.asAdmin(s.lift)},
		{get, "/admin/accounts", s.asAdmin(s.accounts)},
		{post, "/admin/invitations", s.asAdmin(s.invite)},
		{get, "/admin/accounts/{ref}", s.asAdmin(s.managedAccount)},
		{post, "/admin/accounts/{ref}/memberships", s.asAdmin(s.grant)},
		{post, "/admin/accounts/{ref}/memberships/{id}/end", s.asAdmin(s.endRight)},
		{get, "/admin/accounts/{ref}/deputies", s.asAdmin(s.deputiesForm)},
		{post, "/admin/accounts/{ref}/deputies", s.asAdmin(s.nameDeputyOf)},
		{post, "/admin/accounts/{ref}/deputies/{id}/end", s.asAdmin(s.endDeputyOf)},
		{get, "/admin/people", s.asAdmin(s.people)},
		{post, "/admin/people", s.asAdmin(s.addPerson)},
		{get, "/admin/people/{id}", s.asAdmin(s.person)},
		{post, "/admin/people/{id}", s.asAdmin(s.savePerson)},
		{post, "/admin/people/{id}/invitation", s.asAdmin(s.invitePerson)},
		{get, "/admin/questions", s.asAdmin(inRoom[portal.Admin](officeRoom, s.questions))},
		{get, "/admin/questions/{ref}", s.asAdmin(inRoom[portal.Admin](officeRoom, s.question))},
		{post, "/admin/questions/{ref}/answer", s.asAdmin(inRoom[portal.Admin](officeRoom, s.answer))},
		{post, "/admin/questions/{ref}/publication", s.asAdmin(inRoom[portal.Admin](officeRoom, s.publishAnswer))},
		{post, "/admin/questions/{ref}/publication/end", s.asAdmin(inRoom[portal.Admin](officeRoom, s.takeBackAnswer))},
		{get, workdaysPath, s.asAdmin(s.workdays)},
		{post, workdaysPath, s.asAdmin(s.setWorkdays)},
		{post, workdaysPath + "/removal", s.asAdmin(s.forgetWorkdays)},
		{get, "/admin/events", s.asAdmin(s.events)},
	}
}
