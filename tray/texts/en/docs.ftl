# The frame around the API's description at /docs; the description itself is in English.

docs-title = Postwart's API
docs-about = This page comes from Postwart on this PC and describes version { $version }. Programs read the same as OpenAPI at { $address }, with the secret.
docs-calls = Calls
docs-types = Types
docs-errors = Errors
docs-parameters = Parameters
docs-body = Body
docs-answers = Answers
docs-example = Example
docs-required = required
docs-open = no secret needed
