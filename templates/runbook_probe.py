import json, re, sys
from urllib.parse import quote, urlsplit

method, url, *headers = sys.argv[1:]
try:
    value = json.load(sys.stdin)
except ValueError:
    sys.exit("the value is not JSON")

def fill(text, encode):
    def one(found):
        if found[0] in ("{{", "}}"):
            return found[0][0]
        part = value.get(found[1]) if isinstance(value, dict) else None
        if part is None:
            sys.exit(found[1] + ": missing")
        part = part if isinstance(part, str) else json.dumps(part)
        return quote(part, safe="") if encode and found.start() else part
    return re.sub(r"\{\{|\}\}|\{([^}]+)\}", one, text)

def say(name, text):
    if re.search(r"[\x00-\x1f\x7f]", text):
        sys.exit("not sent: a value of more than one line")
    print(name + " = \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")

url = fill(url, True)
goes = urlsplit(url)
if goes.scheme != "https" and goes.hostname not in ("localhost", "127.0.0.1", "::1"):
    sys.exit("not sent: the URL does not begin with https://")
headers = [fill(header, False) for header in headers]
print("silent\nshow-error\nfail\ngloboff")
say("max-time", "60")
if method == "HEAD":
    print("head")
elif method != "GET":
    say("request", method)
say("url", url)
for header in headers:
    say("header", header)
