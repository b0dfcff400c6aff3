"""What happens in a mailbox, given a function that returns an access token: fetch, keep, send. Knows no screen."""
