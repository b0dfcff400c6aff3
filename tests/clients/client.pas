program client;
{ Postwart from Delphi (10.3 and later) and Free Pascal (3.2 and later):   client ACCOUNT RECIPIENT
  The tests compile and run it with Free Pascal: fpc client.pas. What differs in Delphi is marked; it was not run there. }
{$IFDEF FPC}{$MODE DELPHI}{$ENDIF}
{$APPTYPE CONSOLE}
uses
  SysUtils, Classes,
  {$IFDEF FPC} fphttpclient, fpjson, jsonparser; {$ELSE} System.Net.HttpClient, System.Net.URLClient, System.JSON; {$ENDIF}

var
  Url, Secret, Account, Answer: string;

{$IFDEF FPC}
type
  THeard = class(TStream)   { the events, as they come }
  public
    function Write(const Buffer; Count: Longint): Longint; override;
  end;

function THeard.Write(const Buffer; Count: Longint): Longint;
var
  Lines: TStringList; Line, Text: string;
begin
  SetString(Text, PAnsiChar(@Buffer), Count);
  Lines := TStringList.Create;
  try
    Lines.Text := Text;
    for Line in Lines do
      if Copy(Line, 1, 7) = 'event: ' then begin Writeln(Line); Halt(0); end;   { a real one goes on }
  finally
    Lines.Free;
  end;
  Result := Count;
end;

function Field(const Json, Path: string): string;
var
  Data: TJSONData;
begin
  Data := GetJSON(Json);
  try Result := Data.FindPath(Path).AsString; finally Data.Free; end;
end;

function Call(const Method, Path, Body, Key: string): string;
var
  Http: TFPHTTPClient; Reply: TStringStream;
begin
  Http := TFPHTTPClient.Create(nil);
  Reply := TStringStream.Create('');
  try
    Http.AddHeader('Authorization', 'Bearer ' + Secret);
    Http.AddHeader('Accept-Language', 'de');
    if Key <> '' then Http.AddHeader('Idempotency-Key', Key);
    if Body <> '' then
    begin
      Http.AddHeader('Content-Type', 'application/json');
      Http.RequestBody := TStringStream.Create(Body);
    end;
    Http.HTTPMethod(Method, Url + Path, Reply, []);   { [] takes every status }
    Result := Reply.DataString;
    if Http.ResponseStatusCode >= 400 then   { show both as they are: they say what the user does }
      raise Exception.Create(Field(Result, 'title') + sLineBreak + Field(Result, 'next_step'));
  finally
    Http.RequestBody.Free; Reply.Free; Http.Free;
  end;
end;

procedure Listen;
var
  Http: TFPHTTPClient; Heard: THeard;
begin
  Http := TFPHTTPClient.Create(nil);
  Heard := THeard.Create;
  try
    Http.AddHeader('Authorization', 'Bearer ' + Secret);
    Http.AddHeader('Last-Event-ID', '0-0-0');   { the last id that was seen }
    Http.HTTPMethod('GET', Url + '/v1/events', Heard, [200]);
  finally
    Heard.Free; Http.Free;
  end;
end;
{$ELSE}
function Field(const Json, Path: string): string;
var
  Data: TJSONValue;
begin
  Data := TJSONObject.ParseJSONValue(Json);
  try Result := Data.GetValue<string>(Path); finally Data.Free; end;
end;

function Call(const Method, Path, Body, Key: string): string;
var
  Http: THTTPClient; Request: IHTTPRequest; Response: IHTTPResponse; Content: TStringStream;
begin
  Http := THTTPClient.Create;
  Content := TStringStream.Create(Body, TEncoding.UTF8);
  try
    Http.ProxySettings := TProxySettings.Create('http://direct');
    Request := Http.GetRequest(Method, Url + Path);
    Request.AddHeader('Authorization', 'Bearer ' + Secret);
    Request.AddHeader('Accept-Language', 'de');
    if Key <> '' then Request.AddHeader('Idempotency-Key', Key);
    if Body <> '' then
    begin
      Request.AddHeader('Content-Type', 'application/json');
      Request.SourceStream := Content;
    end;
    Response := Http.Execute(Request);
    Result := Response.ContentAsString(TEncoding.UTF8);
    if Response.StatusCode >= 400 then   { show both as they are: they say what the user does }
      raise Exception.Create(Field(Result, 'title') + sLineBreak + Field(Result, 'next_step'));
  finally
    Content.Free; Http.Free;
  end;
end;

procedure Listen;
begin
  { THTTPClient hands the events over in OnReceiveData; simpler in Delphi: poll /v1/messages?after=NEXT every minute. }
end;
{$ENDIF}

function ReadFile(const Name: string): string;
var
  Lines: TStringList;
begin
  Lines := TStringList.Create;
  try Lines.LoadFromFile(Name); Result := Lines.Text; finally Lines.Free; end;
end;

function Home: string;
begin
  Result := GetEnvironmentVariable('POSTWART_HOME');
  if Result = '' then Result := GetEnvironmentVariable('LOCALAPPDATA') + PathDelim + 'Postwart';
end;

begin
  try
    Account := '/v1/accounts/' + ParamStr(1);
    Answer := ReadFile(Home + PathDelim + 'api.json');   { again after a refused connection or a 401 }
    Url := Field(Answer, 'url');
    Secret := Field(Answer, 'secret');

    Writeln('status: ', Field(Call('GET', '/v1/status', '', ''), 'state'));

    Answer := Call('GET', Account + '/token?for=imap', '', '');
    Writeln('token: ', Field(Answer, 'host'), ' ', Field(Answer, 'port'));

    Answer := Call('POST', Account + '/outbox',
      '{"to": ["' + ParamStr(2) + '"], "subject": "Ihre Anfrage", "text": "Guten Tag"}', 'order-4711');
    Writeln('sent: ', Field(Answer, 'state'));

    Answer := Call('GET', '/v1/messages?account=' + ParamStr(1) + '&done=false', '', '');   { keep `next`, pass it as `after` }
    Writeln('mail: ', Field(Answer, 'messages[0].subject'));
    Call('PUT', '/v1/messages/' + Field(Answer, 'messages[0].id') + '/done', '', '');

    Listen;
  except
    on E: Exception do begin Writeln(E.Message); Halt(1); end;
  end;
end.
