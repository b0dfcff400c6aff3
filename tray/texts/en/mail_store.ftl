# What is kept on this PC: fetched mail and the outbox

## The database

store_unusable =
    .title = The stored data cannot be reached at the moment
    .next-step = Please try again. If that does not help, pass this message on to your administrator.
store_closed =
    .title = Postwart is being closed
    .next-step = Start Postwart again, then repeat what you wanted to do.
disk_full =
    .title = The disk is full
    .next-step = Make room on the disk. All that was stored is still there, and Postwart goes on by itself.
    .admin-help = The file is here: { $file }
disk_failed =
    .title = The disk reports an error
    .next-step = Please pass this message on to your administrator soon. The disk may be failing.
    .admin-help = Check the disk, on Windows with chkdsk /scan, and the system's event log. The file concerned is { $file }
database_damaged =
    .title = The stored data is damaged
    .next-step = Start Postwart again. The damaged file is then set aside, nothing is overwritten, and a new one is begun.
    .admin-help = The file concerned is { $file }. Check the disk. After the restart the old file stands beside it, with “damaged” in its name.
database_newer =
    .title = The stored data was written by a newer version of Postwart
    .next-step = Install the newest version of Postwart. Nothing was changed.
    .admin-help = Older versions cannot read this file: { $file }
database_inaccessible =
    .title = Postwart may not read or write its data
    .next-step = Please pass this message on to your administrator.
    .admin-help = The user needs to read and write this file and its folder: { $file }
database_busy =
    .title = Another program holds Postwart's data
    .next-step = Wait a moment and try again.
    .admin-help = Exclude this file's folder from the virus scanner and from the running backup: { $file }

## Fetched mail

message_not_found =
    .title = This message is not here
    .next-step = Load the list of messages again.

## A letter that cannot be sent as it is

letter_unfit =
    .title = This message cannot be sent as it is
    .next-step = Check the message and send it again.
no_recipient =
    .title = The message has no recipient
    .next-step = Give at least one address.
bad_address =
    .title = “{ $address }” is not an e-mail address
    .next-step = Check the address. It looks like this: name@company.example
too_many_recipients =
    .title = The message has too many recipients
    .next-step = A message can have { $limit } recipients at most. Divide the recipients among several messages.
bad_header =
    .title = The message has a line break in the wrong place
    .next-step = Remove it from this field: { $field }
bad_message =
    .title = The file is not an e-mail message
    .next-step = Line { $line } is not a header line. A message begins with lines like “Subject: Invoice”, then comes an empty line and then the text.
empty_message =
    .title = The file is empty
    .next-step = Save the message to a file once more, then send that.
bad_content_type =
    .title = “{ $content_type }” is not a kind of attachment
    .next-step = Give application/pdf, for example, or leave it out.

## The outbox

letter_not_found =
    .title = This message is not in the outbox
    .next-step = Load the outbox again.
letter_not_cancellable =
    .title = { $state ->
        [sent] This message has been sent already
       *[sending] This message is just being sent
    }
    .next-step = It cannot be taken back any more.
letter_not_changeable =
    .title = { $state ->
        [sent] This message has been sent already
        [queued] This message waits in the outbox
       *[sending] This message is just being sent
    }
    .next-step = Only a message that failed or is unconfirmed can be sent again.
idempotency_key_reused =
    .title = This key belongs to another message already
    .next-step = Use a new Idempotency-Key for each message. Nothing was sent.
recipients_refused =
    .title = Not all recipients got the message
    .next-step = See which addresses the server refused, and send the message to those again.
letter_queued =
    .title = The message waits in the outbox
    .next-step = You need not do anything, Postwart sends it as soon as it can.
letter_sending =
    .title = The message is just being sent
    .next-step = Wait a moment.
letter_sent =
    .title = The message has been sent
    .next-step = You need not do anything.
letter_failed =
    .title = The message could not be sent
    .next-step = Postwart does not try again. Mend the cause and send the message again.
letter_unconfirmed =
    .title = Postwart does not know whether the message arrived
    .next-step = Look in the folder “Sent” or ask the recipient before you send the message again.
letter_looked_up =
    .title = Postwart is finding out whether the message arrived
    .next-step = You need not do anything. Postwart looks for it in the folder of sent mail, which takes an hour at most.
sending_paced =
    .title = The mail server takes only so many messages a minute and recipients a day
    .next-step = You need not do anything, the messages go one after another by themselves.
    .admin-help = Exchange Online takes 30 messages a minute and 10,000 recipients a day from each mailbox.
account_removed =
    .title = The account was removed before the message was sent
    .next-step = Set the account up again and send the message once more.
export_failed =
    .title = Fetched mail cannot be put into the export folder
    .next-step = Check that the folder exists and can be written to. The mail is safe, and is put there by itself afterwards.
    .admin-help = The folder stands in config.toml as export, the reason in the log.
backup_failed =
    .title = The copy of the mail could not be made
    .next-step = Choose another place for the file: { $reason }
no_mail_yet =
    .title = There is no mail here yet
    .next-step = Run Postwart once, then make the copy.
