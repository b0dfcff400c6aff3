# Was die Vorführung ausgibt.

demo-programme =
    Postwart zum Ausprobieren. Alles läuft auf diesem PC, nichts verlässt ihn, und mit Strg+C ist Schluss.
    { $keyring }

    Fünf Postfächer einer Hausverwaltung in verschiedenen Zuständen:
      info          funktioniert; alle paar Sekunden kommt eine E-Mail
      vermietung    funktioniert über POP3; die Anmeldung läuft in fünf Tagen ab
      buchhaltung   die Anmeldung wurde widerrufen: jemand muss sich neu anmelden
      technik       wartet auf die Genehmigung des Administrators
      rechnungen    sendet nur, und noch hat sich niemand angemeldet

    Probieren Sie es in einem zweiten Fenster. Sagen Sie dort zuerst, wo die Vorführung liegt:
      { $setting }
    dann:
      postwart status                    wie alles steht
      postwart open                      die Statusseite, mit einem Klick für alles
      postwart sign-in buchhaltung       meldet im Browser an (Kennwort: demo, Code: 123456)
      postwart test-mail info            eine E-Mail an sich selbst
      postwart token info --for imap     was das Hauptprogramm bekommt

    Als Administrator { $administrator } (Kennwort: demo) genehmigen Sie „technik“ hier:
      { $consent }

    Was den Anmeldungen und Postfächern zustößt, stellen Sie im Browser auf der Steuerseite ein:
      { $control }
demo-key-in-memory = Auf diesem PC gibt es keinen Schlüsselbund, deshalb behält die Vorführung ihren Schlüssel im Arbeitsspeicher. Ein echtes Postwart würde hier keine Anmeldung speichern.
demo-preparing = Die Vorführung wird vorbereitet …
demo_folder_taken =
    .title = Im Ordner { $folder } liegt etwas anderes als eine Vorführung
    .next-step = Darin wurde nichts geändert. Verschieben Sie ihn, oder setzen Sie POSTWART_HOME auf einen anderen Ordner, und starten Sie die Vorführung noch einmal.

# Die Steuerseite der Vorführung. Antworten der Mailserver stehen dort in deren eigenen Worten.

demo-control-title = Steuerseite der Vorführung
demo-control-about = Hier stellen Sie für jede Person ein, was ihrer Anmeldung und ihrem Postfach zustößt. Postwart prüft danach sofort; was es dazu sagt, steht beim Konto.
demo-control-refresh = Stand neu laden
demo-control-other-language = English
demo-control-sign-in = Anmeldung
demo-control-number = oder eine beliebige AADSTS-Nummer
demo-control-answer = Antwort des Mailservers ({ $protocol })
demo-control-apply = Übernehmen
demo-control-mail = Neue Nachricht
demo-control-well = Alles wieder gut
demo-control-now-ok = In Ordnung
demo-control-now-expiring = Läuft bald ab
demo-control-now-sign_in_required = Anmeldung nötig
demo-control-now-consent_pending = Wartet auf Genehmigung
demo-control-now-mailbox_refused = Vom Mailserver abgewiesen
demo-control-now-offline = Keine Verbindung
demo-control-now-unknown = Noch nicht geprüft
demo-control-state-well = alles in Ordnung
demo-control-state-revoked = widerrufen oder Kennwort geändert (AADSTS50173)
demo-control-state-expired = 90 Tage nicht benutzt (AADSTS700082)
demo-control-state-frequency = Anmeldehäufigkeit der Organisation (AADSTS70043)
demo-control-state-second_factor = zweiter Faktor verlangt (AADSTS50076)
demo-control-state-policy = Richtlinie blockiert (AADSTS53003)
demo-control-state-device = nur verwaltete PCs (AADSTS53000)
demo-control-state-disabled = Konto abgeschaltet (AADSTS50057)
demo-control-state-unassigned = dem Programm nicht zugewiesen (AADSTS50105)
demo-control-state-consent_needed = Genehmigung fehlt (AADSTS65001)
demo-control-state-consent_granted = Genehmigung erteilt
demo-control-state-throttled = gedrosselt (429)
demo-control-state-fault = Anmeldedienst gestört (503)
demo-control-state-offline = Anmeldedienst nicht erreichbar
demo-control-state-captive_portal = Anmeldeseite eines Gastnetzes
demo-control-state-clock_fast = Uhr geht 3 Stunden vor
demo-control-state-clock_slow = Uhr geht 3 Stunden nach
