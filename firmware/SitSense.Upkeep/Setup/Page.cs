namespace SitSense.Upkeep.Setup
{
    /// <summary>The page: plain HTML and CSS, nothing to load, no script; for a phone first.</summary>
    static class Page
    {
        const string Html = "Content-Type: text/html; charset=utf-8\r\n" +
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'\r\n";

        const string Head = "<!doctype html><html lang=en><head><meta charset=utf-8>" +
            "<meta name=viewport content=\"width=device-width,initial-scale=1\"><link rel=icon href=\"data:,\"><title>SitSense</title><style>" +
            ":root{color-scheme:light dark;--ink:#1c2a25;--soft:#5b6d66;--line:#d5dfda;--card:#fff;--back:#eff4f1;--go:#13765a;--on:#fff;--bad:#b3261e}" +
            "@media(prefers-color-scheme:dark){:root{--ink:#e4ede8;--soft:#9cafa7;--line:#35463f;--card:#1a2522;--back:#101715;--go:#4fc79e;--on:#06231a;--bad:#ff8f85}}" +
            "*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.45 system-ui,sans-serif}" +
            "main{max-width:29rem;margin:auto;padding:1.75rem 1rem 3rem}h1{font-size:1.7rem;line-height:1.2;margin:0;letter-spacing:-.02em}h1 b{color:var(--go)}" +
            "p{margin:.35rem 0;color:var(--soft)}section{background:var(--card);border:1px solid var(--line);border-radius:18px;padding:1.1rem 1.1rem 1.25rem;margin:1.1rem 0}" +
            "h2{font-size:1.05rem;margin:0}label{display:block;margin:.9rem 0 .3rem;font-size:.9rem;font-weight:600}" +
            "input,textarea{width:100%;min-height:2.9rem;padding:.55rem .8rem;border:1px solid var(--line);border-radius:11px;background:var(--back);color:inherit;font:inherit}" +
            "textarea{min-height:7rem;font:12px/1.4 ui-monospace,monospace}::placeholder{color:var(--soft);opacity:.8}" +
            "input:focus-visible,textarea:focus-visible,button:focus-visible,.r:focus-visible+label{outline:3px solid var(--go);outline-offset:1px}" +
            "[aria-invalid]{border-color:var(--bad)}.e,p.e{color:var(--bad);font-size:.87rem;font-weight:500}.two{display:grid;grid-template-columns:1fr 1fr;gap:0 .8rem}" +
            ".kind{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem;margin-top:.9rem}.r{position:absolute;opacity:0;width:1px;min-height:1px;padding:0}" +
            ".kind>label{margin:0;padding:.8rem .3rem .7rem;text-align:center;border:1px solid var(--line);border-radius:13px;background:var(--back);line-height:1.25}" +
            ".kind svg{display:block;width:2.9rem;height:2.9rem;margin:0 auto .3rem;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}" +
            ".kind .s{stroke:var(--go);stroke-width:4.5}.kind i{display:block;font:400 .78rem system-ui;color:var(--soft)}.r:checked+label{border-color:var(--go);box-shadow:0 0 0 1px var(--go);color:var(--go)}" +
            ".kind .more{grid-column:1/-1}.more{display:none}#seat:checked~.more,#tls:checked~.more{display:block}" +
            "#tls{width:1.35rem;min-height:1.35rem;height:1.35rem;margin:0 .6rem 0 0;vertical-align:-.3rem;accent-color:var(--go)}.tick{display:inline}.row{margin-top:1.1rem}" +
            ".n{font-size:.82rem;margin-top:1rem}button{width:100%;min-height:3.2rem;border:0;border-radius:14px;background:var(--go);color:var(--on);font:600 1.05rem system-ui;cursor:pointer}" +
            "</style></head><body><main>";

        const string Kinds = "<svg viewBox=\"0 0 24 24\"><circle cx=9 cy=4 r=2.2 /><path d=\"M9 8.5V15h7.5v6M5 21V11\"/><path class=s d=\"M12.5 14h1\"/></svg>Thigh<i>clip-on</i>|" +
            "<svg viewBox=\"0 0 24 24\"><circle cx=12 cy=4 r=2.2 /><path d=\"M12 8.5V14M9 21l1-7h4l1 7M7.5 13l1-3.5q.5-1.5 2-1.5h3q1.5 0 2 1.5l1 3.5\"/><path class=s d=\"M13.5 14h.5\"/></svg>Belt<i>clip-on</i>|" +
            "<svg viewBox=\"0 0 24 24\"><path d=\"M5 3l1.5 11.5H18.5M7.5 14.5V21M17.5 14.5V21\"/><path class=s d=\"M10 11.5h6\"/></svg>Seat<i>cushion</i>";

        // A line of markup, or of what is filled in: = a field with its label, attributes and hint, * a password, ! what is wrong with a field, ? the kinds of sensor, & the certificate.
        const string Form = "<form method=post action=/ autocomplete=off><section><h2>The sensor</h2><div class=kind role=radiogroup aria-label=Sensor>\n?\n<div class=more>\n" +
            "=pads|Pads that are wired|inputmode=numeric|1 to 8\n</div></div>\n!sensor\n" +
            "=device|Name of the device|autocapitalize=none spellcheck=false maxlength=32|desk-1\n</section><section><h2>Wi-Fi</h2>\n" +
            "=ssid|Network|autocapitalize=none spellcheck=false|its name, 2.4 GHz\n*wifipassword\n" +
            "</section><section><h2>Broker</h2><p>Where it reports to, by MQTT. Without one it only reminds.</p>\n" +
            "=host|Host|autocapitalize=none spellcheck=false inputmode=url|192.168.1.10\n=port|Port|inputmode=numeric|1883, with TLS 8883\n" +
            "=user|User|autocapitalize=none spellcheck=false|none\n*password\n&\n!ca\n" +
            "</div></div></section><section><h2>Quiet hours</h2><p>It never buzzes then. Leave them empty for none.</p><div class=two><div>\n" +
            "=quietfrom|From|type=time|22:00\n</div><div>\n=quietto|To|type=time|07:00\n</div></div>\n=offset|Your time, ahead of UTC by||+01:00\n" +
            "</section><button>Save and start</button></form><p class=n>This network has no password and is open for a quarter of an hour only. " +
            "Who is close by could read along: set it up where you trust the neighbours.</p></main></body></html>";

        /// <summary>The form, with what was typed and what is wrong with it.</summary>
        public static void Write(Reply reply, Entries entries)
        {
            reply.Begin(entries.AreGood ? "200 OK" : "422 Unprocessable Content", Html).Add(Head)
                .Add("<h1>Sit<b>Sense</b></h1><p>A few things to know, then it works by itself.</p>");
            if (!entries.AreGood)
                reply.Add("<p class=e role=alert>Nothing is saved yet: ").Add(entries.Wrong("") ?? "please look at what is marked").Add(".</p>");
            var lines = Form.Split(new char[] { '\n' });
            for (var i = 0; i < lines.Length; i++)
                WriteLine(reply, entries, lines[i], lines[i].Substring(1));
            reply.End();
        }

        static void WriteLine(Reply reply, Entries entries, string line, string rest)
        {
            switch (line[0])
            {
                case '=':
                    Field(reply, entries, rest.Split(new char[] { '|' }));
                    break;
                case '*':
                    Password(reply, entries, rest);
                    break;
                case '!':
                    Error(reply, entries, rest);
                    break;
                case '?':
                    WriteKinds(reply, entries);
                    break;
                case '&':
                    reply.Add("<div class=row><input type=checkbox id=tls name=tls value=1").Add(entries.Text(Fields.Tls).Length > 0 ? " checked" : "")
                        .Add("><label class=tick for=tls>Encrypted, by TLS</label><div class=more><label for=ca>Certificate of the authority (PEM)</label>" +
                            "<textarea id=ca name=ca spellcheck=false placeholder=\"-----BEGIN CERTIFICATE-----\"").Add(Invalid(entries, Fields.Ca)).Add(">")
                        .AddTyped(entries.Text(Fields.Ca)).Add("</textarea>");
                    break;
                default:
                    reply.Add(line);
                    break;
            }
        }

        /// <summary>That all is saved, without what.</summary>
        public static void WriteSaved(Reply reply) => reply.Begin("200 OK", Html).Add(Head)
            .Add("<h1>Sit<b>Sense</b></h1><section><h2>Saved</h2><p>The device starts anew and joins your Wi-Fi; this page and its network go away now.</p>" +
                "<p>If it does not show up: hold its button for ten seconds, until the light stays on, and begin again.</p></section></main></body></html>").End();

        static void WriteKinds(Reply reply, Entries entries)
        {
            var kinds = Kinds.Split(new char[] { '|' });
            var names = new string[] { "thigh", "belt", "seat" };
            for (var i = 0; i < names.Length; i++)
                reply.Add("<input class=r type=radio name=sensor id=").Add(names[i]).Add(" value=").Add(names[i])
                    .Add(entries.Text(Fields.Sensor) == names[i] ? " checked" : "").Add("><label for=").Add(names[i]).Add(">").Add(kinds[i]).Add("</label>");
        }

        static void Field(Reply reply, Entries entries, string[] parts)
        {
            var field = parts[0];
            Label(reply, field, parts[1]);
            reply.Add("<input id=").Add(field).Add(" name=").Add(field).Add(" ").Add(parts[2]).Add(" placeholder=\"").Add(parts[3]).Add("\" value=\"")
                .AddTyped(entries.Text(field)).Add("\"").Add(Invalid(entries, field)).Add(">");
            Error(reply, entries, field);
        }

        static void Password(Reply reply, Entries entries, string field)
        {
            Label(reply, field, "Password");
            reply.Add("<input type=password autocomplete=new-password id=").Add(field).Add(" name=").Add(field).Add(" placeholder=\"")
                .Add(entries.Keeps(field) ? "kept, leave empty" : "none").Add("\"").Add(Invalid(entries, field)).Add(">");
            Error(reply, entries, field);
        }

        static void Label(Reply reply, string field, string label) =>
            reply.Add("<label for=").Add(field).Add(">").Add(label).Add("</label>");

        static string Invalid(Entries entries, string field) => entries.Wrong(field) == null ? "" : " aria-invalid=true aria-describedby=" + field + "-e";

        static void Error(Reply reply, Entries entries, string field)
        {
            if (entries.Wrong(field) != null)
                reply.Add("<p class=e id=").Add(field).Add("-e>").Add(entries.Wrong(field)).Add(".</p>");
        }
    }
}
