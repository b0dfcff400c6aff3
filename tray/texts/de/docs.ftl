# Der Rahmen um die Beschreibung der Schnittstelle unter /docs; die Beschreibung selbst ist englisch.

docs-title = Die Schnittstelle von Postwart
docs-about = Diese Seite kommt von Postwart auf diesem PC und beschreibt die Version { $version }. Programme lesen dasselbe als OpenAPI unter { $address }, mit dem Geheimnis. Die Beschreibung selbst ist englisch.
docs-calls = Aufrufe
docs-types = Typen
docs-errors = Fehler
docs-parameters = Parameter
docs-body = Inhalt
docs-answers = Antworten
docs-example = Beispiel
docs-required = nötig
docs-open = ohne Geheimnis
