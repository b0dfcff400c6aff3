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
demo-key-in-memory = Auf diesem PC gibt es keinen Schlüsselbund, deshalb behält die Vorführung ihren Schlüssel im Arbeitsspeicher. Ein echtes Postwart würde hier keine Anmeldung speichern.
demo-preparing = Die Vorführung wird vorbereitet …
demo_folder_taken =
    .title = Im Ordner { $folder } liegt etwas anderes als eine Vorführung
    .next-step = Darin wurde nichts geändert. Verschieben Sie ihn, oder setzen Sie POSTWART_HOME auf einen anderen Ordner, und starten Sie die Vorführung noch einmal.
