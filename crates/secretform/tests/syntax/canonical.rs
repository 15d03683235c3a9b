//! The canonical spelling of an expression has the same value, by `terraform console`.

use secretform::syntax::File;

use crate::oracle;
use crate::verdicts::Random;

/// What the expressions below refer to.
const LOCALS: &str = r#"
  n = 3
  s = "e\u0301 ${1 + 1}"
  l = [{ a = [1, 2], b = { c = "x" } }, { a = [3], b = { c = "y" } }]
  m = { a = 1, "b c" = [true, null], c = { a = "z" } }
"#;

fn canonical(expression: &str) -> Option<String> {
    let text = format!("a = {expression}\n");
    let file = File::parse(text.as_bytes());
    let canonical = file.body().attribute("a")?.value().canonical();
    file.errors().is_empty().then_some(canonical)
}

#[test]
fn canonical_spellings_have_the_same_value() {
    let mut random = Random(0x3c6e_f372_fe94_f82b);
    let mut expressions = Vec::new();
    while expressions.len() < 8000 {
        let depth = 1 + random.below(3);
        let expression = Make(&mut random).expression(depth);
        if let Some(canonical) = canonical(&expression) {
            expressions.push((expression, canonical));
        }
    }
    let guarded = |text: &String| format!("try(jsonencode((\n{text}\n)), \"no value\")");
    let written: Vec<String> = expressions.iter().map(|(text, _)| guarded(text)).collect();
    let spelled: Vec<String> = expressions.iter().map(|(_, text)| guarded(text)).collect();
    let Some(written) = oracle::values_with(LOCALS, &written) else { return };
    let spelled = oracle::values_with(LOCALS, &spelled).unwrap();
    let valued = written.iter().filter(|value| value.as_str() != Some("no value")).count();
    assert!(valued > expressions.len() / 5, "only {valued} of the expressions have a value");
    for ((text, canonical), (written, spelled)) in expressions.iter().zip(written.iter().zip(&spelled)) {
        assert_eq!(written, spelled, "{text}\n{canonical}");
    }
}

/// Makes expressions, many of which have a value.
struct Make<'r>(&'r mut Random);

impl Make<'_> {
    fn pick<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.0.below(choices.len())]
    }

    fn leaf(&mut self) -> String {
        let words = [
            "local.n",
            "local.s",
            "local.l",
            "local.m",
            "local.m.c",
            "1",
            "2.50",
            "0",
            "true",
            "null",
            "\"a\"",
            "\"$${a}\"",
            "\"\\u0024\"",
            "\"b c\"",
            "local.l[0]",
            "local.m[\"b c\"]",
            "[]",
            "{}",
            "<<E\n  x\nE\n",
        ];
        self.pick(&words).to_owned()
    }

    fn expression(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.leaf();
        }
        let next = |make: &mut Self| make.expression(depth - 1);
        match self.0.below(13) {
            0 => self.leaf(),
            1 => format!("({})", next(self)),
            2 => format!("\"${{{}}}\"", next(self)),
            3 => {
                let text = self.pick(&["", "$", "a", "%", "{", "$${", "\\n", " "]);
                let (open, close) = (self.pick(&["${", "${~"]), self.pick(&["}", "~}"]));
                format!("\"{text}{open} {} {close}{text}\"", next(self))
            }
            4 => {
                let op = self.pick(&["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]);
                format!("{} {op} {}", next(self), next(self))
            }
            5 => format!("{} ? {} : {}", next(self), next(self), next(self)),
            6 => format!("{}{}", self.pick(&["-", "!", "- ", "!!"]), next(self)),
            7 => format!("[{}, {},]", next(self), next(self)),
            8 => {
                let key = match self.0.below(4) {
                    0 => format!("({})", next(self)),
                    1 => "\"a\"".to_owned(),
                    2 => self
                        .pick(&["a", "true", "\"b c\"", "(\"a\")", "7", "(7)", "\"${local.n}\""])
                        .to_owned(),
                    _ => "c".to_owned(),
                };
                format!("{{ {key} {} {}, d = {} }}", self.pick(&["=", ":"]), next(self), next(self))
            }
            9 => {
                let function = self.pick(&["concat", "upper", "length", "merge", "tostring", "keys"]);
                let expand = self.pick(&["", "", "..."]);
                format!("{function}({}{expand})", next(self))
            }
            10 => {
                let condition = self.pick(&["", " if v != null", " if (k != 0)"]);
                if self.0.below(2) == 0 {
                    format!(
                        "[for k, v in {} : {}{condition}]",
                        next(self),
                        self.pick(&["v", "k", "(v)", "[k, v]"])
                    )
                } else {
                    format!("{{for k, v in {} : k => v{}{condition}}}", next(self), self.pick(&["", "..."]))
                }
            }
            _ => {
                let mut text = next(self);
                for _ in 0..=self.0.below(3) {
                    let steps = [
                        ".a",
                        ".b",
                        ".c",
                        ".0",
                        "[0]",
                        "[*]",
                        ".*",
                        "[\"a\"]",
                        "[local.n - 3]",
                        "[\"b c\"]",
                        "[*].a",
                        ".*.a",
                    ];
                    text.push_str(self.pick(&steps));
                    if self.0.below(3) == 0 {
                        text = format!("({text})");
                    }
                }
                text
            }
        }
    }
}
