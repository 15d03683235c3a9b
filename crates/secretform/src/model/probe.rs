//! A request over HTTP that succeeds with a secret's right value and with no other.

use std::fmt;

use super::checked::{checked, try_from};
use super::url::{authority, is_local};
use super::{Errors, Invalid, InvalidKind};

/// What is asked with the value, and what the answer then holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    request: Request,
    headers: Vec<(HeaderName, ProbeText)>,
    expect: Option<String>,
}

impl Probe {
    /// A probe under construction: a [`Request`], or its text.
    pub fn builder(request: impl TryInto<Request, Error: Into<Invalid>>) -> ProbeBuilder {
        let mut builder =
            ProbeBuilder { request: None, headers: Vec::new(), expect: None, errors: Vec::new() };
        builder.request = checked(request, &mut builder.errors);
        builder
    }

    /// Method and URL.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The headers that go with it.
    pub fn headers(&self) -> &[(HeaderName, ProbeText)] {
        &self.headers
    }

    /// What the answer holds.
    pub fn expect(&self) -> Option<&str> {
        self.expect.as_deref()
    }

    /// The fields whose values it needs, each as often as it is named.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.request.url.fields().chain(self.headers.iter().flat_map(|(_, value)| value.fields()))
    }
}

/// A [`Probe`] under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct ProbeBuilder {
    request: Option<Request>,
    headers: Vec<(HeaderName, ProbeText)>,
    expect: Option<String>,
    errors: Vec<Invalid>,
}

impl ProbeBuilder {
    /// Adds a header; `{key}` in its value is a field.
    pub fn header(
        mut self,
        name: impl TryInto<HeaderName, Error: Into<Invalid>>,
        value: impl TryInto<ProbeText, Error: Into<Invalid>>,
    ) -> Self {
        let (name, value) = (checked(name, &mut self.errors), checked(value, &mut self.errors));
        if let (Some(name), Some(value)) = (name, value) {
            if self.headers.iter().any(|(other, _)| other.is(&name)) {
                self.errors.push(Invalid::new(InvalidKind::HeaderTwice, &name));
            }
            self.headers.push((name, value));
        }
        self
    }

    /// What the answer holds.
    pub fn expect(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        match check_expected(&text) {
            Ok(()) => self.expect = Some(text),
            Err(error) => self.errors.push(error),
        }
        self
    }

    /// The probe, or all that is wrong with it.
    pub fn build(self) -> Result<Probe, Errors> {
        match self.request {
            Some(request) if self.errors.is_empty() => {
                Ok(Probe { request, headers: self.headers, expect: self.expect })
            }
            _ => Err(Errors(self.errors)),
        }
    }
}

/// Whether an answer can be searched for it: an empty line is in every answer.
pub(crate) fn check_expected(text: &str) -> Result<(), Invalid> {
    let wrong = |detail| Err(Invalid::new(InvalidKind::ProbeExpect, text).detail(detail));
    if text.is_empty() {
        return wrong("empty");
    }
    if text.chars().any(char::is_control) { wrong("a line end or control character") } else { Ok(()) }
}

/// A method and a URL: `GET {api_url}/workspaces`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    method: Method,
    url: ProbeText,
}

try_from!(Request, &str, String);

impl Request {
    /// What stands before the first blank is the method, what follows the URL. It goes to
    /// `https://`, to this machine, or to where its first field says.
    pub fn new(request: impl Into<String>) -> Result<Self, Invalid> {
        let text = request.into();
        let wrong = |detail| Err(Invalid::new(InvalidKind::ProbeRequest, &text).detail(detail));
        let Some((method, url)) = text.split_once(' ') else { return wrong("no blank in it") };
        let method = Method::new(method)?;
        let url = ProbeText::new(url)?;
        if url.literals().any(|text| text.chars().any(char::is_whitespace)) {
            return wrong("a URL has no blanks");
        }
        match url.parts() {
            [ProbePart::Field(_), ..] => {}
            [ProbePart::Text(start), rest @ ..] => {
                let Some(host) = authority(start) else { return wrong("no https:// at the URL's start") };
                if start.starts_with("http://") && !is_local(host) {
                    return wrong("http:// is read on the way");
                }
                // What a field adds to `http://localhost` could be the rest of another host.
                let open = start.ends_with(host) && !rest.is_empty();
                if start.starts_with("http://") && open {
                    return wrong("a field continues the host of http://");
                }
                if host.is_empty() && rest.is_empty() {
                    return wrong("no host in it");
                }
            }
            [] => return wrong("no URL after the method"),
        }
        if url.holds_credentials() {
            return wrong("it holds credentials: a field takes their place");
        }
        Ok(Self { method, url })
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The URL. A field at its start is put in as it is, one elsewhere percent-encoded.
    pub fn url(&self) -> &ProbeText {
        &self.url
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url)
    }
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
}

impl Method {
    /// Every method that a probe may use, with its name.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("GET", Self::Get),
        ("HEAD", Self::Head),
        ("POST", Self::Post),
        ("PUT", Self::Put),
        ("PATCH", Self::Patch),
        ("DELETE", Self::Delete),
        ("OPTIONS", Self::Options),
    ];

    /// A method by its name.
    pub fn new(name: &str) -> Result<Self, Invalid> {
        let found = Self::NAMED.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, method)| method).ok_or_else(|| Invalid::new(InvalidKind::Method, name))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMED.iter().find(|(_, method)| method == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// A header's name: a `token` of RFC 9110, 5.6.2.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeaderName(String);

try_from!(HeaderName, &str, String);

impl HeaderName {
    /// A checked name.
    pub fn new(name: impl Into<String>) -> Result<Self, Invalid> {
        let name = name.into();
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            return Err(Invalid::new(InvalidKind::HeaderName, name));
        }
        Ok(Self(name))
    }

    /// As it was said.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both name one header: case doesn't count.
    pub fn is(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text in which `{key}` is the value of a field; `{{` and `}}` are braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeText(Vec<ProbePart>);

try_from!(ProbeText, &str, String);

/// A part of a [`ProbeText`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbePart {
    /// As it is.
    Text(String),
    /// The value of the field with this key.
    Field(String),
}

impl ProbeText {
    /// Text and fields in it.
    pub fn new(text: impl Into<String>) -> Result<Self, Invalid> {
        let whole = text.into();
        let wrong = |detail| Err(Invalid::new(InvalidKind::ProbeText, &whole).detail(detail));
        if whole.chars().any(char::is_control) {
            return wrong("a control character");
        }
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = whole.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            text.push_str(&rest[..at]);
            let (brace, after) = rest[at..].split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                text.push_str(brace);
                rest = after;
                continue;
            }
            if brace == "}" {
                return wrong("a } without its {");
            }
            let Some((key, after)) = after.split_once('}') else { return wrong("a { without its }") };
            if key.is_empty() {
                return wrong("no key between the braces");
            }
            if !text.is_empty() {
                parts.push(ProbePart::Text(std::mem::take(&mut text)));
            }
            parts.push(ProbePart::Field(key.to_owned()));
            rest = after;
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(ProbePart::Text(text));
        }
        Ok(Self(parts))
    }

    /// What it is made of, in order.
    pub fn parts(&self) -> &[ProbePart] {
        &self.0
    }

    /// The fields in it.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            ProbePart::Field(key) => Some(key.as_str()),
            ProbePart::Text(_) => None,
        })
    }

    /// Whether a password, or a user without one, stands before the host and is no field.
    fn holds_credentials(&self) -> bool {
        let whole: String = self
            .0
            .iter()
            .map(|part| match part {
                ProbePart::Text(text) => text.as_str(),
                ProbePart::Field(_) => "\0",
            })
            .collect();
        let Some((user, _)) = authority(&whole).and_then(|authority| authority.rsplit_once('@')) else {
            return false;
        };
        let secret = user.split_once(':').map_or(user, |(_, password)| password);
        secret.chars().any(|c| c != '\0')
    }

    fn literals(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            ProbePart::Text(text) => Some(text.as_str()),
            ProbePart::Field(_) => None,
        })
    }
}

impl fmt::Display for ProbeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            ProbePart::Text(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}")),
            ProbePart::Field(key) => write!(f, "{{{key}}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind<T: fmt::Debug>(made: Result<T, Invalid>) -> InvalidKind {
        made.unwrap_err().kind()
    }

    #[test]
    fn braces_hold_keys_and_double_ones_are_braces() {
        let text = ProbeText::new("Bearer {api key}: {{x}}").unwrap();
        assert_eq!(
            text.parts(),
            [
                ProbePart::Text("Bearer ".to_owned()),
                ProbePart::Field("api key".to_owned()),
                ProbePart::Text(": {x}".to_owned())
            ]
        );
        assert_eq!(text.to_string(), "Bearer {api key}: {{x}}");
        assert!(ProbeText::new("").unwrap().parts().is_empty());
        for bad in ["{", "}", "{}", "a{b", "a}b", "{a}}", "1\nB: 2"] {
            assert_eq!(kind(ProbeText::new(bad)), InvalidKind::ProbeText, "{bad}");
        }
    }

    #[test]
    fn a_request_goes_where_nobody_reads_on_the_way() {
        for good in [
            "GET {api_url}/workspaces",
            "HEAD https://api.example/v1/{id}",
            "POST https://{key}:{secret}@api.example/v1",
            "GET http://localhost:8000/{id}",
            "GET https://{host}",
        ] {
            assert_eq!(Request::new(good).unwrap().to_string(), good);
        }
        for bad in [
            "{api_url}/workspaces",
            "GET ",
            "GET api.example",
            "GET http://api.example",
            "GET http://localhost{rest}",
            "GET http://localhost:{port}/",
            "GET https://me:secret@api.example",
            "GET https://{user}:secret@api.example",
            "GET https://token@api.example",
            "GET https://api.example/a b",
            "GET https://",
        ] {
            assert_eq!(kind(Request::new(bad)), InvalidKind::ProbeRequest, "{bad}");
        }
        assert_eq!(kind(Request::new("get https://x")), InvalidKind::Method);
    }

    #[test]
    fn headers_are_tokens_and_lines() {
        let probe =
            Probe::builder("GET {url}").header("Authorization", "Bearer {key}").expect("ok").build().unwrap();
        assert_eq!(probe.fields().collect::<Vec<_>>(), ["url", "key"]);
        let errors = Probe::builder("GET {url}")
            .header("X Y", "1")
            .header("A", "1")
            .header("a", "{")
            .header("a", "2")
            .build()
            .unwrap_err();
        let kinds: Vec<_> = errors.iter().map(Invalid::kind).collect();
        assert_eq!(kinds, [InvalidKind::HeaderName, InvalidKind::ProbeText, InvalidKind::HeaderTwice]);
        for bad in ["", "x\n"] {
            let errors = Probe::builder("GET {url}").expect(bad).build().unwrap_err();
            assert_eq!(errors[0].kind(), InvalidKind::ProbeExpect, "{bad:?}");
        }
    }
}
