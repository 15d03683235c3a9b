import json, re, sys
from urllib.parse import unquote

FORMATS = {
    "uuid": r"[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
    "url": r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]\S*",
    "email": r"[^@\s]+@[^@\s]+",
    "hostname": r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?",
    "port": r"0*([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])",
    "pem": r"\s*(-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\s*)+",
    "integer": r"[+-]?\d+",
    "boolean": r"true|false",
}

def wrong(key, value, form):
    text = value if isinstance(value, str) else json.dumps(value)
    if text == "":
        return "empty"
    if text == "<" + key + ">":
        return "still the placeholder"
    try:
        if form == "json":
            json.loads(text)
        elif form and not re.fullmatch(FORMATS.get(form, form), text):
            return "not of the form " + form
    except ValueError:
        return "not JSON"
    except re.error:
        pass
    return None

text, words = sys.stdin.read(), sys.argv[1:]
if not words:
    print("a value: " + ("there" if text.strip() else "missing"))
    sys.exit(0 if text.strip() else 1)
try:
    value = json.loads(text)
except ValueError as error:
    sys.exit("not JSON: line %d, column %d" % (error.lineno, error.colno))
if not isinstance(value, dict):
    sys.exit("not a JSON object")
bad = 0
for word in words:
    key, _, form = word.partition("=")
    optional = key.endswith("?")
    key, form = unquote(key.rstrip("?")), unquote(form)
    if key in value:
        problem = wrong(key, value.pop(key), form)
    else:
        problem = None if optional else "missing"
        if optional:
            continue
    bad += problem is not None
    print(key + ": " + (problem or "there"))
for key in value:
    print(key + ": there, and not declared")
sys.exit(1 if bad else 0)
