//! Whatever a spec says, its page keeps its form: no heading, block of commands or tag more.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};

use super::super::shape::Node;
use super::super::templates::Templates;
use super::{Format, Runbook};
use crate::model::{Field, Grant, Group, Model, Place, Probe, Profile, Reader, Secret};

const HOSTILE: &[&str] = &[
    "plain",
    "# heading\n## heading\n\n---\n",
    "```sh\nrm -rf .\n```\n",
    "```\nunclosed",
    "~~~~sh\nunclosed",
    "````sh\n```\n````",
    "`` ` `` ``` `",
    "- a\n- b\n\n1. c\n2. d\n",
    "> quoted\n\n    indented",
    "<script>alert(1)</script>",
    "<!-- unclosed",
    "<pre>\n\n# x\n",
    "<div><![CDATA[",
    "</code></pre></section>",
    "![x](https://evil.example/x.png) [y](javascript:alert(1)) <javascript:alert(2)>",
    "[x]: https://evil.example\n\n[x] [y][x]",
    "a\n===\nb\n---\n",
    "| a | b |\n| - | - |\n| `|` | ``` |\n",
    "\\",
    "\u{f8fc}\u{f8fa}0\u{f8fb}\u{f8fe}",
    "{{ secret.name }} {% endmacro %}",
    "END\nEOF\n'\"$(id)`id`",
    "&lt;b&gt; &#96;&#96;&#96;\n&#96;&#96;&#96;sh\n&#35; x",
    "x\r# y\u{2028}# z",
];

fn model(text: &str) -> Model {
    let group = Group::builder("g").title(text).guide(text).url("https://example.com").build().unwrap();
    let key = format!("k{text}");
    let field =
        Field::builder(key).description(text).example(text).default(text).format("url").build().unwrap();
    let probe = Probe::builder("GET https://example.com/{id}").header("X", "{id}").build().unwrap();
    let description: String = text.to_owned();
    let secret = Secret::builder("s")
        .group(&group)
        .description(description.as_str())
        .guide(text)
        .field(field)
        .field(Field::builder("id").build().unwrap())
        .probe(probe)
        .build()
        .unwrap();
    let grant = Grant::builder(Place::policy_document("d", "iam.tf").unwrap()).reads(&group).build().unwrap();
    let reader = Reader::new(format!("r{text}"), [grant]).unwrap().described(text);
    let builder = Model::builder().region("eu-west-2").account_id("111122223333").group(group);
    let builder = match Profile::new(text) {
        Ok(profile) => builder.profile(profile),
        Err(_) => builder.profile("p"),
    };
    builder.secret(secret).reader(reader).build().unwrap()
}

fn page(text: &str, format: Format) -> String {
    let model = model(text);
    Runbook::whole(&model).render(&model, "secretform.hcl", format, &Templates::new()).unwrap()
}

/// Headings of the page's own levels and its blocks of commands.
fn form(markdown: &str) -> (usize, usize) {
    let (mut headings, mut commands) = (0, 0);
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) if level < HeadingLevel::H4 => headings += 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "sh" => {
                commands += 1
            }
            Event::Html(text) | Event::InlineHtml(text) => panic!("HTML passes: {text}\n{markdown}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture passes: {dest_url}\n{markdown}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(!dest_url.starts_with("javascript:"), "{markdown}");
            }
            _ => {}
        }
    }
    (headings, commands)
}

#[test]
fn markdown_keeps_its_form() {
    let expected = form(&page("plain", Format::Markdown));
    assert_eq!(expected, (4, 5));
    for text in HOSTILE {
        let page = page(text, Format::Markdown);
        assert_eq!(form(&page), expected, "{text:?}\n{page}");
    }
}

#[test]
fn html_keeps_its_form_and_loads_nothing() {
    let count = |page: &str| {
        ["<section>", "</section>", "<h1>", "<h2>", "<h3>", "class=\"sh\"", "</html>"]
            .map(|tag| page.matches(tag).count())
    };
    let expected = count(&page("plain", Format::Html));
    for text in HOSTILE {
        let page = page(text, Format::Html);
        assert_eq!(count(&page), expected, "{text:?}\n{page}");
        for tag in ["<script", "<img", "<!--", "href=\"javascript:", "<iframe", "<link"] {
            assert!(!page.contains(tag), "{text:?} brings {tag}\n{page}");
        }
    }
}

#[test]
fn names_are_the_specs_own() {
    let model = model("x");
    let whole = Runbook::whole(&model);
    for name in ["g", "g/s"] {
        assert_eq!(Runbook::of(&model, &[name.to_owned()]), Ok(whole.clone()), "{name}");
    }
    let unknown = ["s".to_owned(), "g".to_owned(), "G".to_owned()];
    assert_eq!(Runbook::of(&model, &unknown), Err(vec!["s".to_owned(), "G".to_owned()]));
    assert_eq!(Runbook::names(&model).into_iter().collect::<Vec<_>>(), ["g", "g/s"]);
}

fn entries<'n>(node: &Node<'n>) -> Vec<(&'static str, Node<'n>)> {
    match node {
        Node::Map(entries) => entries.clone(),
        other => panic!("{other:?}"),
    }
}

/// `docs/templates.md` names every template, and all that those of the runbook see.
#[test]
fn the_page_on_templates_says_what_they_see() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/templates.md")).unwrap();
    for name in Templates::names() {
        assert!(page.contains(&format!("`{name}`")), "{name} is not in docs/templates.md");
    }
    let model = model("x");
    let shell = super::Shell::new(&model, &[0]);
    let writer = super::Writer::new(&shell, Format::Markdown);
    let mut names = Vec::new();
    for (name, _) in entries(&super::page::page(&model, &shell, "x", Format::Markdown)) {
        names.push(format!("page.{name}"));
    }
    for (name, _) in entries(&writer.group(model.groups().first())) {
        names.push(format!("group.{name}"));
    }
    let readings = super::Readings::new(&model);
    for (name, value) in entries(&writer.secret(&model.secrets()[0], readings.of(0))) {
        names.push(format!("secret.{name}"));
        let inner = match &value {
            Node::List(items) => items.first().map(entries),
            Node::Map(entries) => Some(entries.clone()),
            _ => None,
        };
        names.extend(inner.into_iter().flatten().map(|(name, _)| name.to_owned()));
    }
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "{name} is not in docs/templates.md");
    }
}
