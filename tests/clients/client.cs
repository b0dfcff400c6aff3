// Postwart from C#: .NET Framework 4.7 and later, .NET 6 and later, Mono.   client.exe ACCOUNT RECIPIENT
// The tests compile and run it with Mono (Debian has no .NET SDK):
//   mcs -r:System.Net.Http -r:System.Runtime.Serialization -r:System.Xml.Linq client.cs
using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

static class Client
{
    static HttpClient http;

    static XElement Json(byte[] content) =>   // in every .NET, without a package: arrays are <item>s
        XElement.Load(JsonReaderWriterFactory.CreateJsonReader(content, XmlDictionaryReaderQuotas.Max));

    static XElement Call(string method, string path, string json = null, string idempotencyKey = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json != null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (idempotencyKey != null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        var response = http.SendAsync(request).Result;
        var content = response.Content.ReadAsByteArrayAsync().Result;
        var answer = content.Length > 0 ? Json(content) : new XElement("root");
        if (!response.IsSuccessStatusCode)   // show both as they are: they say what the user does
            throw new Exception(answer.Element("title").Value + "\n" + answer.Element("next_step").Value);
        return answer;
    }

    static void Main(string[] arguments)
    {
        string account = arguments[0], recipient = arguments[1];
        var home = Environment.GetEnvironmentVariable("POSTWART_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Postwart");
        var api = Json(File.ReadAllBytes(Path.Combine(home, "api.json")));   // again after a refused connection or a 401
        http = new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = new Uri(api.Element("url").Value) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Element("secret").Value);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        Console.WriteLine("status: " + Call("GET", "/v1/status").Element("state").Value);

        var token = Call("GET", "/v1/accounts/" + account + "/token?for=imap");
        Console.WriteLine("token: " + token.Element("host").Value + " " + token.Element("port").Value);

        var letter = "{\"to\": [\"" + recipient + "\"], \"subject\": \"Ihre Anfrage\", \"text\": \"Guten Tag\"}";
        var sent = Call("POST", "/v1/accounts/" + account + "/outbox", letter, "order-4711");
        Console.WriteLine("sent: " + sent.Element("state").Value);

        var page = Call("GET", "/v1/messages?account=" + account + "&done=false");
        foreach (var message in page.Element("messages").Elements())   // remember page.Element("next"), pass it as `after`
        {
            Console.WriteLine("mail: " + message.Element("subject").Value);
            Call("PUT", "/v1/messages/" + message.Element("id").Value + "/done");
        }

        var listen = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        listen.Headers.Add("Last-Event-ID", "0-0-0");   // the last id that was seen
        var stream = http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead).Result;
        using (var lines = new StreamReader(stream.Content.ReadAsStreamAsync().Result, Encoding.UTF8))
            for (var line = lines.ReadLine(); line != null; line = lines.ReadLine())
                if (line.StartsWith("event: ")) { Console.WriteLine(line); Environment.Exit(0); }   // a real one goes on
    }
}
