//! What a spec says, as a part of a page: plain text that stays plain, code, and Markdown of
//! people, which keeps its form and can't break out of its place.

use std::borrow::Cow;

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::Format;

/// The Markdown that a spec may use.
const GRAMMAR: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

impl Format {
    /// Text in a line of the page, without any form of its own.
    pub(super) fn plain<'t>(self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        match self {
            Self::Markdown if means_nothing(&text) => text,
            Self::Markdown => {
                let text = one_line(&text);
                let mut out = String::with_capacity(text.len());
                let mut before = None;
                let mut chars = text.chars().peekable();
                while let Some(c) = chars.next() {
                    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    let means = match c {
                        // Between letters it is one of them.
                        '_' => !(is_inside(before) && is_inside(chars.peek().copied())),
                        '#' | '>' | '-' | '+' | '=' => before.is_none(),
                        '.' | ')' => out.bytes().all(|byte| byte.is_ascii_digit()),
                        _ => "\\`*[]<&~".contains(c),
                    };
                    if means {
                        out.push('\\');
                    }
                    out.push(c);
                    before = Some(c);
                }
                Cow::Owned(out)
            }
            Self::Html => Cow::Owned(escaped(&one_line(&text))),
        }
    }

    /// Code in a line.
    pub(super) fn code(self, text: &str) -> String {
        let text = one_line(text);
        match self {
            Self::Markdown if !text.contains('`') => ["`", &text, "`"].concat(),
            Self::Markdown => {
                let fence = "`".repeat(longest_run(&text) + 1);
                // A blank at both ends is taken off again, and keeps backticks from the fence.
                let blank = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
                format!("{fence}{blank}{text}{blank}{fence}")
            }
            Self::Html => format!("<code>{}</code>", escaped(&text)),
        }
    }

    /// Code within a block of code.
    pub(super) fn verbatim<'t>(self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        match (self, unmarked(&text)) {
            (Self::Markdown, Cow::Borrowed(_)) => text,
            (Self::Markdown, Cow::Owned(unmarked)) => Cow::Owned(unmarked),
            (Self::Html, unmarked) => Cow::Owned(escaped(&unmarked)),
        }
    }

    /// Markdown as blocks of the page, its headings below those of the page. HTML in it is text,
    /// and it loads nothing.
    pub(super) fn blocks(self, markdown: &str) -> String {
        // A fence that only the end closes is closed by a line of its own.
        let markdown = &*format!("{}\n", unmarked(markdown).replace('\r', "\n"));
        let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
            .filter_map(tame);
        let mut out = String::with_capacity(markdown.len() + 16);
        match self {
            Self::Markdown => {
                let options = pulldown_cmark_to_cmark::Options {
                    list_token: '-',
                    increment_ordered_list_bullets: true,
                    code_block_token_count: longest_run(markdown).max(2) + 1,
                    ..pulldown_cmark_to_cmark::Options::default()
                };
                // Writing to a string can't fail, and no event is left unclosed.
                let written = pulldown_cmark_to_cmark::cmark_with_options(events, &mut out, GRAMMAR, options);
                debug_assert!(written.is_ok());
            }
            Self::Html => html::push_html(&mut out, events),
        }
        out.trim_matches('\n').to_owned()
    }
}

/// What of people's Markdown doesn't pass as it is.
fn tame(event: Event<'_>) -> Option<Event<'_>> {
    Some(match event {
        Event::InlineHtml(text) => Event::Text(text),
        Event::Html(text) => Event::Text(text.trim_end_matches('\n').to_owned().into()),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            Event::Start(Tag::Heading { level: HeadingLevel::H4, id, classes, attrs })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H4)),
        // A picture would be fetched by whoever opens the page: it becomes a link.
        Event::Start(Tag::Image { dest_url, title, .. }) => link(LinkType::Inline, dest_url, title),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        Event::Start(Tag::Link { link_type, dest_url, title, .. }) => link(link_type, dest_url, title),
        Event::Start(Tag::CodeBlock(kind)) => {
            let CodeBlockKind::Fenced(language) = kind else {
                return Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into()))));
            };
            // The page's own commands are the blocks of `sh`.
            let language = if language.is_empty() || &*language == "sh" { "text".into() } else { language };
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
        }
        Event::Rule => return None,
        other => other,
    })
}

/// A link that leads to a page, a mail or a place in this page, with its address beside it.
fn link<'e>(kind: LinkType, to: CowStr<'e>, title: CowStr<'e>) -> Event<'e> {
    let safe = kind == LinkType::Email
        || ["https://", "http://", "mailto:", "#"].iter().any(|start| to.starts_with(start));
    let link_type = match kind {
        LinkType::Autolink | LinkType::Email if safe => kind,
        _ => LinkType::Inline,
    };
    let dest_url = if safe { to } else { "#".into() };
    Event::Start(Tag::Link { link_type, dest_url, title, id: "".into() })
}

/// Whether [`Format::plain`] leaves `text` as it is in Markdown, decided at a glance.
fn means_nothing(text: &str) -> bool {
    let starts = |byte: &u8| byte.is_ascii_digit() || b"#>-+=.)".contains(byte);
    is_one_line(text)
        && !text.as_bytes().first().is_some_and(starts)
        && !text
            .bytes()
            .any(|byte| matches!(byte, b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'&' | b'~' | b'_'))
}

/// Whether `text` is ASCII that can be seen, with single blanks, and only between words.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !(byte.is_ascii_graphic() || byte == b' ' && before != b' ') {
            return false;
        }
        before = byte;
    }
    text.is_empty() || before != b' '
}

fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(unmarked(text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `text` without the characters that stand for something in an expanded template.
fn unmarked(text: &str) -> Cow<'_, str> {
    const MARKS: std::ops::RangeInclusive<char> = '\u{f8fa}'..='\u{f8fe}';
    if text.is_ascii() || !text.contains(|c| MARKS.contains(&c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(|c| MARKS.contains(&c), "\u{fffd}"))
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    if !text.contains('`') {
        return 0;
    }
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Text as minijinja escapes it for HTML.
fn escaped(text: &str) -> String {
    minijinja::HtmlEscape(text).to_string()
}
