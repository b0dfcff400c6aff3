Attribute VB_Name = "PostwartClient"
' Postwart from VBA and VB6, with WinHttp, which every Windows has:   PostwartDemo "info", "a@example.org"
' Not run by the tests: it needs Windows. There are no events here: ask for messages every minute, with the cursor.
Option Explicit

Private Url As String, Secret As String

Public Sub PostwartDemo(ByVal Account As String, ByVal Recipient As String)
    Dim Answer As String, Letter As String, NextCursor As String
    ReadApiFile                                        ' again after a refused connection or a 401
    Debug.Print "status: " & Field(Ask("GET", "/v1/status"), "state")

    Answer = Ask("GET", "/v1/accounts/" & Account & "/token?for=imap")
    Debug.Print "token: " & Field(Answer, "host") & " " & Field(Answer, "port")

    Letter = "{""to"": [""" & Recipient & """], ""subject"": ""Ihre Anfrage"", ""text"": ""Guten Tag""}"
    Debug.Print "sent: " & Field(Ask("POST", "/v1/accounts/" & Account & "/outbox", Letter, "order-4711"), "state")

    Answer = Ask("GET", "/v1/messages?account=" & Account & "&done=false&limit=1")
    NextCursor = Field(Answer, "next")                 ' remember it and pass it as after=
    If Field(Answer, "id") <> "" Then
        Debug.Print "mail: " & Field(Answer, "subject")
        Ask "PUT", "/v1/messages/" & Field(Answer, "id") & "/done"
    End If
End Sub

Private Function Ask(ByVal Method As String, ByVal Path As String, Optional ByVal Body As String, _
                     Optional ByVal Key As String) As String
    Dim Http As Object
    Set Http = CreateObject("WinHttp.WinHttpRequest.5.1")
    Http.SetProxy 1                                    ' none: this never leaves the PC
    Http.Open Method, Url & Path, False
    Http.SetRequestHeader "Authorization", "Bearer " & Secret
    Http.SetRequestHeader "Accept-Language", "de"
    If Key <> "" Then Http.SetRequestHeader "Idempotency-Key", Key
    If Body <> "" Then
        Http.SetRequestHeader "Content-Type", "application/json; charset=utf-8"
        Http.Send Body                                 ' WinHttp sends text as UTF-8
    Else
        Http.Send
    End If
    If Http.Status >= 400 Then                         ' show both as they are: they say what the user does
        Err.Raise vbObjectError + Http.Status, "Postwart", Field(Http.ResponseText, "title") & vbCrLf & _
            Field(Http.ResponseText, "next_step")
    End If
    Ask = Http.ResponseText
End Function

Private Sub ReadApiFile()
    Dim Folder As String, Number As Integer, Text As String
    Folder = Environ$("POSTWART_HOME")
    If Folder = "" Then Folder = Environ$("LOCALAPPDATA") & "\Postwart"
    Number = FreeFile
    Open Folder & "\api.json" For Input As #Number     ' ASCII, without a byte order mark
    Text = Input$(LOF(Number), Number)
    Close #Number
    Url = Field(Text, "url")
    Secret = Field(Text, "secret")
End Sub

' The first field of this name, text or number. Enough for these answers; VBA-JSON reads all others.
Private Function Field(ByVal Json As String, ByVal Name As String) As String
    Dim Found As Object, Matches As Object
    Set Found = CreateObject("VBScript.RegExp")
    Found.Pattern = """" & Name & """:\s*(?:""((?:[^""\\]|\\.)*)""|([^,}\]]+))"
    Set Matches = Found.Execute(Json)
    If Matches.Count > 0 Then Field = Matches(0).SubMatches(0) & Matches(0).SubMatches(1)
End Function
