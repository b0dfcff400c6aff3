# Postwart from PowerShell 5.1 and later:   .\client.ps1 ACCOUNT RECIPIENT
# Not run by the tests: Debian has no PowerShell.
param([string]$Account, [string]$Recipient)
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Net.Http

$folder = if ($env:POSTWART_HOME) { $env:POSTWART_HOME } else { Join-Path $env:LOCALAPPDATA 'Postwart' }
$api = Get-Content (Join-Path $folder 'api.json') -Raw | ConvertFrom-Json   # again after a refused connection or a 401
$handler = New-Object System.Net.Http.HttpClientHandler
$handler.UseProxy = $false
$http = New-Object System.Net.Http.HttpClient($handler)
$http.DefaultRequestHeaders.Add('Authorization', "Bearer $($api.secret)")
$http.DefaultRequestHeaders.Add('Accept-Language', 'de')

function Call($method, $path, $body = $null, $key = $null) {
    $request = New-Object System.Net.Http.HttpRequestMessage((New-Object System.Net.Http.HttpMethod($method)), "$($api.url)$path")
    if ($body) {
        $json = $body | ConvertTo-Json -Depth 5
        $request.Content = New-Object System.Net.Http.StringContent($json, [Text.Encoding]::UTF8, 'application/json')
    }
    if ($key) { $request.Headers.Add('Idempotency-Key', $key) }
    $response = $http.SendAsync($request).Result
    $answer = $response.Content.ReadAsStringAsync().Result | ConvertFrom-Json
    if (-not $response.IsSuccessStatusCode) { throw "$($answer.title)`n$($answer.next_step)" }   # show both as they are
    $answer
}

"status: $((Call GET '/v1/status').state)"

$token = Call GET "/v1/accounts/$Account/token?for=imap"
"token: $($token.host) $($token.port)"

$letter = @{ to = @($Recipient); subject = 'Ihre Anfrage'; text = 'Guten Tag' }
"sent: $((Call POST "/v1/accounts/$Account/outbox" $letter 'order-4711').state)"

$page = Call GET "/v1/messages?account=$Account&done=false"   # remember $page.next and pass it as `after`
foreach ($message in $page.messages) {
    "mail: $($message.subject)"
    Call PUT "/v1/messages/$($message.id)/done" | Out-Null
}

$listen = New-Object System.Net.Http.HttpRequestMessage([System.Net.Http.HttpMethod]::Get, "$($api.url)/v1/events")
$listen.Headers.Add('Last-Event-ID', '0-0-0')   # the last id that was seen
$stream = $http.SendAsync($listen, [System.Net.Http.HttpCompletionOption]::ResponseHeadersRead).Result
$lines = New-Object IO.StreamReader($stream.Content.ReadAsStreamAsync().Result)
while ($null -ne ($line = $lines.ReadLine())) {
    if ($line.StartsWith('event: ')) { $line; break }   # a real one goes on
}
