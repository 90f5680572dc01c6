/** German, with Sie. */
import type { Words } from './messages.ts'

export const german = {
  'signIn.title': 'Anmelden',
  'signIn.toApp': 'weiter zu {app}',
  'signIn.identifier': 'E-Mail-Adresse',
  'signIn.identifierHint': 'Danach folgt die Anmeldeseite Ihres Unternehmens.',
  'signIn.next': 'Weiter',
  'signIn.back': 'Zurück zu {app}',
  'signIn.problem.missing': 'Geben Sie Ihre E-Mail-Adresse ein.',
  'signIn.problem.malformed': 'Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@firma.de.',
  'signIn.problem.unknown':
    'Mit dieser Adresse haben wir keinen Weg zur Anmeldung gefunden. Prüfen Sie die Schreibweise oder fragen Sie Ihre IT-Abteilung.',
  'signIn.problem.unavailable':
    'Der Anmeldedienst Ihres Unternehmens antwortet nicht. Warten Sie einige Minuten und versuchen Sie es noch einmal.',
  'signIn.notice.again': 'Bitte melden Sie sich erneut an, um fortzufahren.',
  'signIn.notice.signedOut': 'Sie sind abgemeldet.',
  'signIn.notice.stronger': 'Diese App verlangt eine stärkere oder aktuellere Anmeldung.',

  'chooser.title': 'Wie möchten Sie sich anmelden?',
  'chooser.forIdentifier': 'für {identifier}',
  'chooser.list': 'Wege zur Anmeldung',
  'chooser.other': 'Andere E-Mail-Adresse verwenden',

  'continue.title': 'Einen Moment …',
  'continue.text': 'Sie werden zu {to} weitergeleitet. Falls nichts geschieht, drücken Sie die Schaltfläche.',
  'continue.button': 'Weiter',

  'consent.title': 'Zugriff für {app} erlauben?',
  'consent.text': '{app} bittet um Zugriff auf Ihr Konto bei {organisation}.',
  'consent.textAlone': '{app} bittet um Zugriff auf Ihr Konto.',
  'consent.as': 'Angemeldet als {person}',
  'consent.list': 'Die App kann dann:',
  'consent.openid': 'erkennen, dass Sie es sind',
  'consent.profile': 'Ihren Namen sehen',
  'consent.email': 'Ihre E-Mail-Adresse sehen',
  'consent.groups': 'sehen, zu welchen Gruppen Sie gehören',
  'consent.offline_access': 'diesen Zugriff auch in Ihrer Abwesenheit behalten, bis Ihre Sitzung endet',
  'consent.manage': 'in Ihrem Namen Identitätsanbieter verwalten, soweit Sie es selbst dürfen',
  'consent.other': 'die Berechtigung {scope} nutzen',
  'consent.allow': 'Erlauben',
  'consent.deny': 'Nicht erlauben',

  'logout.title': 'Abmelden?',
  'logout.text': 'Damit endet Ihre Sitzung hier und in jeder App, die Sie mit ihr geöffnet haben.',
  'logout.yes': 'Abmelden',
  'logout.no': 'Angemeldet bleiben',
  'loggedOut.title': 'Sie sind abgemeldet',
  'loggedOut.text': 'Sie können dieses Fenster schließen.',
  'loggedOut.upstreamOpen':
    'Beim Anmeldedienst Ihres Unternehmens sind Sie möglicherweise noch angemeldet. Melden Sie sich an einem gemeinsam genutzten Computer auch dort ab.',
  'loggedOut.again': 'Erneut anmelden',

  'stillSignedIn.title': 'Sie sind weiterhin angemeldet',
  'stillSignedIn.text': 'Ihre Sitzung hier läuft weiter. Sie können dieses Fenster schließen.',

  'device.title': 'Gerät verbinden',
  'device.text': 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  'device.code': 'Code',
  'device.next': 'Weiter',
  'device.problem.missing': 'Geben Sie den Code ein.',
  'device.problem.unknown': 'Dieser Code stimmt nicht. Vergleichen Sie ihn mit der Anzeige Ihres Geräts.',
  'device.problem.expired':
    'Dieser Code ist nicht mehr gültig. Beginnen Sie am Gerät von vorn, um einen neuen zu erhalten.',
  'device.problem.used':
    'Dieser Code wurde schon verwendet. Beginnen Sie am Gerät von vorn, um einen neuen zu erhalten.',
  'device.problem.aborted': 'Sie haben den Vorgang abgebrochen. Das Gerät wurde nicht angemeldet.',
  'device.problem.stale': 'Diese Seite war zu lange offen. Geben Sie den Code noch einmal ein.',
  'device.problem.failed': 'Das hat nicht geklappt. Beginnen Sie am Gerät von vorn, um einen neuen Code zu erhalten.',
  'deviceConfirm.title': 'Ihr Gerät anmelden?',
  'deviceConfirm.text': '{app} auf Ihrem Gerät wird in Ihrem Namen angemeldet.',
  'deviceConfirm.code': 'Ihr Gerät muss diesen Code anzeigen',
  'deviceConfirm.warning':
    'Fahren Sie nur fort, wenn Sie dies selbst begonnen haben und das Gerät vor Ihnen steht. Hat Ihnen jemand den Code geschickt, brechen Sie ab.',
  'deviceConfirm.yes': 'Ja, Gerät anmelden',
  'deviceConfirm.no': 'Nein, abbrechen',
  'deviceDone.title': 'Ihr Gerät ist angemeldet',
  'deviceDone.text': 'Kehren Sie zu Ihrem Gerät zurück; dieses Fenster können Sie schließen.',

  'sessions.title': 'Ihre Sitzungen',
  'sessions.text': 'Browser, in denen Sie mit diesem Konto angemeldet sind.',
  'sessions.none': 'Es gibt keine weitere Sitzung.',
  'sessions.current': 'Dieser Browser',
  'sessions.other': 'Ein anderer Browser',
  'sessions.through': 'über {provider}',
  'sessions.began': 'Angemeldet am {time}',
  'sessions.seen': 'Zuletzt genutzt am {time}',
  'sessions.ends': 'Endet spätestens am {time}',
  'sessions.end': 'Abmelden',
  'sessions.endLabel': 'Die Sitzung abmelden, die am {time} begann',
  'sessions.everywhere': 'Überall abmelden',
  'sessions.everywhereText': 'Beendet alle diese Sitzungen, auch diese hier, und den Zugriff jeder App darin.',

  'test.title': 'Testanmeldung',
  'test.granted': 'Eine Person mit diesen Angaben käme herein.',
  'test.refused': 'Eine Person mit diesen Angaben würde abgewiesen: {code}.',
  'test.nothingChanged': 'Das war ein Test mit {provider}: Niemand wurde angemeldet und nichts wurde gespeichert.',
  'test.claims': 'Was der Anbieter mitgeteilt hat',
  'test.mapped': 'Was daraus wird',
  'test.condition': 'Bedingung',
  'test.noCondition': 'Dieser Anbieter hat keine Bedingung.',
  'test.parts': 'Teile der Bedingung',
  'test.part': 'Teil',
  'test.value': 'Ergebnis',
  'test.reads': 'Gelesene Angaben',
  'test.differs': 'dieser Teil gab den Ausschlag',
  'test.mappers': 'Zuordnungen',
  'test.noMappers': 'Dieser Anbieter hat keine Zuordnungen.',
  'test.mapper': 'Zuordnung',
  'test.type': 'Art',
  'test.outcome': 'Ergebnis',
  'test.ladder': 'Prüfungen',
  'test.check': 'Prüfung',
  'test.expected': 'Erwartet',
  'test.actual': 'Vorgefunden',
  'test.passed': 'bestanden',
  'test.failed': 'nicht bestanden',
  'test.skipped': 'übersprungen',
  'test.none': 'Es kam nichts an.',
  'test.did.granted': 'erteilt',
  'test.did.removed': 'entzogen',
  'test.did.kept': 'unverändert',
  'test.did.skipped': 'übersprungen',
  'test.did.failed': 'gescheitert',

  'error.reference': 'Vorgangsnummer',
  'error.referenceHint':
    'Nennen Sie diese Nummer, wenn Sie um Hilfe bitten: Damit lässt sich finden, was geschehen ist.',
  'error.again': 'Noch einmal versuchen',
  'error.back': 'Zurück zu {app}',

  'error.expired.title': 'Diese Anmeldung ist abgelaufen',
  'error.expired.text':
    'Sie hat zu lange gedauert oder wurde schon abgeschlossen. Kehren Sie zur App zurück und melden Sie sich noch einmal an.',
  'error.otherBrowser.title': 'Diese Anmeldung gehört zu einem anderen Browser',
  'error.otherBrowser.text':
    'Sie wurde anderswo begonnen, oder Ihr Browser hat unser Cookie nicht behalten. Erlauben Sie Cookies für diese Seite, kehren Sie zur App zurück und melden Sie sich in diesem Browser noch einmal an.',
  'error.unavailable.title': 'Ihr Anmeldedienst antwortet nicht',
  'error.unavailable.text':
    'Der Anmeldedienst Ihres Unternehmens war nicht zu erreichen. Versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, sagen Sie Ihrer IT-Abteilung Bescheid.',
  'error.declined.title': 'Ihr Anmeldedienst hat abgelehnt',
  'error.declined.text':
    'Die Anmeldung wurde beim Anmeldedienst Ihres Unternehmens abgebrochen oder abgelehnt. Versuchen Sie es noch einmal oder fragen Sie Ihre IT-Abteilung, ob Ihr Konto ihn nutzen darf.',
  'error.unverified.title': 'Wir konnten Ihre Anmeldung nicht bestätigen',
  'error.unverified.text':
    'Die Antwort des Anmeldedienstes Ihres Unternehmens hat unsere Prüfungen nicht bestanden. Versuchen Sie es noch einmal. Klappt es wieder nicht, sagen Sie Ihrer IT-Abteilung Bescheid.',
  'error.notPermitted.title': 'Sie haben hier keinen Zugang',
  'error.notPermitted.text':
    'Ihre Anmeldung hat geklappt, aber Ihr Konto ist nicht freigegeben. Bitten Sie Ihre IT-Abteilung um Zugang.',
  'error.noAccount.title': 'Sie haben hier noch kein Konto',
  'error.noAccount.text':
    'Ihre Anmeldung hat geklappt, aber Konten entstehen hier nicht von selbst. Bitten Sie Ihre IT-Abteilung um eines.',
  'error.switchedOff.title': 'Dieser Zugang ist geschlossen',
  'error.switchedOff.text':
    'Die Anmeldung über diesen Dienst ist zurzeit abgeschaltet. Wählen Sie einen anderen Weg oder fragen Sie Ihre IT-Abteilung.',
  'error.wrongPerson.title': 'Das war jemand anderes',
  'error.wrongPerson.text':
    'Sie haben sich mit einem anderen Konto ausgewiesen als mit dem, mit dem Sie angemeldet sind. Versuchen Sie es mit demselben Konto noch einmal.',
  'error.tooWeak.title': 'Eine stärkere Anmeldung ist nötig',
  'error.tooWeak.text':
    'Ihre Anmeldung war dafür nicht stark oder nicht aktuell genug. Versuchen Sie es noch einmal mit Ihrem zweiten Faktor. Haben Sie keinen, fragen Sie Ihre IT-Abteilung.',
  'error.app.title': 'Die App verlangt etwas, das wir nicht können',
  'error.app.text':
    'Die Anfrage der App war nicht gültig, deshalb ging es nicht weiter. Sagen Sie den Betreibern der App Bescheid.',
  'error.stale.title': 'Diese Seite war zu lange offen',
  'error.stale.text':
    'Was Sie gesendet haben, passt nicht mehr zu Ihrer Sitzung. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.',
  'error.tooMany.title': 'Zu viele Versuche',
  'error.tooMany.text': 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  'error.notFound.title': 'Hier ist nichts',
  'error.notFound.text': 'Prüfen Sie die Adresse, oder kehren Sie zur App zurück und beginnen Sie von vorn.',
  'error.internal.title': 'Bei uns ist etwas schiefgegangen',
  'error.internal.text':
    'Es lag nicht an Ihnen. Versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, sagen Sie Ihrer IT-Abteilung Bescheid.',
} satisfies Words
