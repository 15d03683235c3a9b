//! What few secrets say to the model: the guide, and the probe with its fields found.

use crate::diagnostic::codes;
use crate::diagnostic::suggest::did_you_mean;
use crate::model::{HeaderName, Method, Probe, ProbeText, Request, SecretBuilder, check_expected};

use super::super::errors::list;
use super::super::types::{self, Field, Quoted, RareOfSecret};
use super::convert::Sink;

pub(super) fn rare(
    sink: &mut Sink,
    mut builder: SecretBuilder,
    said: &RareOfSecret,
    fields: &[Field],
) -> SecretBuilder {
    if let Some(guide) = &said.guide {
        builder = builder.guide(guide.as_str());
    }
    if let Some(probe) = said.probe.as_ref().and_then(|said| probe(sink, said, fields)) {
        builder = builder.probe(probe);
    }
    builder
}

/// All that is wrong with it together; `None` if anything is.
fn probe(sink: &mut Sink, said: &types::Probe, fields: &[Field]) -> Option<Probe> {
    let before = sink.errors.count();
    let request = said.request.as_ref().and_then(|said| request(sink, said, fields));
    let mut headers = Vec::with_capacity(said.headers.len());
    for (name, value) in &said.headers {
        let name = sink.checked(name.span, HeaderName::new(name.text.as_str()));
        let text = sink.checked(value.span, ProbeText::new(value.text.as_str()));
        if let Some(text) = &text {
            known(sink, value, text, fields);
        }
        headers.extend(name.zip(text));
    }
    let request = request.filter(|_| sink.errors.count() == before)?;
    let mut builder = Probe::builder(request);
    for (name, text) in headers {
        builder = builder.header(name, text);
    }
    if let Some(expect) = &said.expect {
        sink.checked(expect.span, check_expected(&expect.value))?;
        builder = builder.expect(expect.value.as_str());
    }
    // What is wrong with a part was said there, and the parser keeps no header twice.
    builder.build().ok()
}

fn request(sink: &mut Sink, said: &Quoted, fields: &[Field]) -> Option<Request> {
    if let Some((method, _)) = said.text.split_once(' ')
        && Method::new(method).is_err()
    {
        let names: Vec<&str> = Method::NAMED.iter().map(|(name, _)| *name).collect();
        let upper = method.to_ascii_uppercase();
        let near = if names.contains(&upper.as_str()) { upper.as_str() } else { method };
        let message = format!("`request` begins with a method, not `{method}`");
        let mut detail = sink.errors.unknown(said.span_of(method), message, near, &names, &names);
        if near != method {
            detail.fix(format!("write `{near}`"));
        }
        return None;
    }
    let request = sink.checked(said.span, Request::new(said.text.as_str()))?;
    known(sink, said, request.url(), fields);
    Some(request)
}

/// Says which fields of `text` the secret doesn't have.
fn known(sink: &mut Sink, said: &Quoted, text: &ProbeText, fields: &[Field]) {
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    for key in text.fields().filter(|key| !keys.contains(key)) {
        let placeholder = format!("{{{key}}}");
        let fix = did_you_mean(key, keys.iter().copied()).unwrap_or_else(|| {
            if keys.is_empty() {
                format!("declare it: `field \"{key}\" {{ … }}`")
            } else {
                format!("the secret has {}; or declare `field \"{key}\" {{ … }}`", list(&keys))
            }
        });
        sink.errors
            .add(
                &codes::UNKNOWN_REFERENCE,
                said.span_of(&placeholder),
                format!("the probe uses a field `{key}` that the secret doesn't declare"),
                "not declared",
            )
            .fix(fix);
    }
}
