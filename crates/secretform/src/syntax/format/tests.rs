//! The rules by example: each was run through Terraform 1.11.4. `cargo xtask fmt-oracle`
//! compares tens of thousands of files more.

use super::*;

/// `before` becomes `after`, and `after` stays.
fn check(before: &str, after: &str) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let formatted = format(before.as_bytes()).unwrap_or_else(|errors| panic!("{before}: {errors:?}"));
    assert_eq!(text(&formatted), after, "formatting {before:?}");
    assert_eq!(text(&format(after.as_bytes()).unwrap()), after, "formatting it again");
    assert_eq!(is_formatted(before.as_bytes()).unwrap(), before == after);
    assert!(is_formatted(after.as_bytes()).unwrap());
    assert_eq!(text(&format_edits(before.as_bytes()).unwrap().apply(before.as_bytes())), after);
}

#[test]
fn blanks_between_tokens() {
    check("a=b [0] . c+f (x,-1)\n", "a = b[0].c + f(x, -1)\n");
    check("a=[ 1,2 , ]\n", "a = [1, 2, ]\n");
    check("b {a={x=1,\"y\":2}}\n", "b { a = { x = 1, \"y\" : 2 } }\n");
    check("a = [for k , v in(m): v if ! v]\n", "a = [for k, v in(m) : v if !v]\n");
    check("a = {for x in[y]:x=>x ...}\n", "a = { for x in [y] : x => x... }\n");
    check("a=x==1?- 2:\"${ y }-%{ if z ~}w%{ endif }\"\n", "a = x == 1 ? -2 : \"${y}-%{if z~}w%{endif}\"\n");
    check("a = \"$${ x } ${ { b=1 }.b }\"\n", "a = \"$${ x } ${ { b = 1 }.b}\"\n");
    check("a=provider :: aws :: f (x ...)\n", "a = provider::aws::f(x...)\n");
    check("a = 1  /* c */\n", "a = 1 /* c */\n");
    check("a = x /* c */:: y(1)\n", "a = x /* c */ ::y(1)\n");
    check("a\t=\t1\n\tb {\t}\n", "a = 1\nb {}\n");
    check("a = 1 -2 - -3\nb=-x\n", "a = 1 - 2 - -3\nb = -x\n");
}

#[test]
fn labels_are_quoted() {
    check("data  aws_x  /* c */ \"y\\u00e9\" {}\n", "data \"aws_x\" \"yé\" {}\n");
    check("a /* b */ {}\n", "a /* b */ {}\n");
    check("a x /* b */ {\n}\n", "a \"x\" /* b */ {\n}\n");
    // Terraform loses this one.
    check("resource \"a$b\" c {}\n", "resource \"a$b\" \"c\" {}\n");
}

#[test]
fn a_value_that_is_one_interpolation_is_unwrapped() {
    check("a = \"${var.x}\"\n", "a = var.x\n");
    check("a = \"${~ var.x ~}\"\n", "a = var.x\n");
    check("a = \"${f(\"${b}-c\")}\"\n", "a = f(\"${b}-c\")\n");
    check("a = [\"${b}\"]\n", "a = [\"${b}\"]\n");
    check("a = \"${b}${c}\"\n", "a = \"${b}${c}\"\n");
    check("a = \"${x ||\ny}\"\n", "a = (x ||\ny)\n");
    check("a = \"${\n  x\n}\"\nbcd=1\n", "a   = x\nbcd = 1\n");
    check("a = \"${b}\"", "a = b");
    let twice = format(b"a = \"${\"${b}\"}\"\n").unwrap();
    assert_eq!(twice, b"a = \"${b}\"\n", "only once, as Terraform does");
}

#[test]
fn old_types_are_spelled_out() {
    check("variable v { type = \"string\" }\n", "variable \"v\" { type = string }\n");
    check("variable \"v\" { type = \"list\" }\n", "variable \"v\" { type = list(string) }\n");
    check("variable \"v\" { type = \"map\" }\n", "variable \"v\" { type = map(string) }\n");
    check("variable \"v\" {\n  type = map\n}\n", "variable \"v\" {\n  type = map(any)\n}\n");
    check("variable \"v\" { type = \"number\" }\n", "variable \"v\" { type = \"number\" }\n");
    check("variable \"v\" { type = \"${string}\" }\n", "variable \"v\" { type = \"${string}\" }\n");
    check("b {\n  variable \"v\" { type = map }\n}\n", "b {\n  variable \"v\" { type = map }\n}\n");
    check("type = map\n", "type = map\n");
}

#[test]
fn lines_stand_at_their_level() {
    check("a = merge({\nx = 1\n}, {\ny = [\n2]\n})\n", "a = merge({\n  x = 1\n  }, {\n  y = [\n  2]\n})\n");
    check("b {\n\n   \n# c\n/* d\n e */\n}\n", "b {\n\n\n  # c\n  /* d\n e */\n}\n");
    check("a = f(<<E\n  x\nE\n, 1)\n", "a = f(<<E\n  x\nE\n, 1)\n");
}

#[test]
fn equals_signs_and_comments_stand_in_columns() {
    check(
        "b \"x\" { # one\nname = 1 # two\ndescription = <<EOT\n  kept\nEOT\ntags = {\nName = \"n\"\n\"a b\" : 2\n\
         ManagedBy = \"terraform\"\n}\ncount = 2\n}\n",
        "b \"x\" {           # one\n  name        = 1 # two\n  description = <<EOT\n  kept\nEOT\n  tags = {\n    \
         Name = \"n\"\n    \"a b\" : 2\n    ManagedBy = \"terraform\"\n  }\n  count = 2\n}\n",
    );
    check("a = 1\nbb = 2\n\nccc = 3\n", "a  = 1\nbb = 2\n\nccc = 3\n");
    check("a = 1 # x\nbb = \"漢字\" # y\n", "a  = 1    # x\nbb = \"漢字\" # y\n");
    check("a = 1 # x\nbb = \"क\u{94d}ष\" # y\n", "a  = 1    # x\nbb = \"क\u{94d}ष\" # y\n");
    check("a=1 /* b */\nccc=2 /* d */", "a   = 1 /* b */\nccc = 2 /* d */");
}

#[test]
fn line_ends_and_the_ends_of_a_file_stay() {
    check("a=1\r\nbb=2 # c\r\n", "a  = 1\r\nbb = 2 # c\r\n");
    check("a = 1", "a = 1");
    check("\n\na = 1\n\n", "\n\na = 1\n\n");
    assert_eq!(format(b"\xef\xbb\xbfa=1\n").unwrap(), b"a = 1\n", "no byte order mark");
    assert_eq!(format(b"a=1\n\t ").unwrap(), b"a = 1\n  ", "a tab becomes a blank");
    assert_eq!(format(b"\xef\xbb\xbf ").unwrap(), b"    ", "Terraform counts the mark's bytes");
    assert_eq!(format(b"a=1 # \xff\n").unwrap(), b"a = 1 # \xff\n");
    assert_eq!(format(b"").unwrap(), b"");
}

#[test]
fn what_terraform_loses_is_kept() {
    check("a = x[null]\n", "a = x[null]\n");
    check("a = x[ true ].y\n", "a = x[true].y\n");
}

#[test]
fn a_file_that_does_not_parse_has_no_layout() {
    for text in ["a = \n", "a = [", "b {", "a = 1 b = 2\n", "a = 1\na = 2\n"] {
        assert!(format(text.as_bytes()).is_err(), "{text}");
        assert!(is_formatted(text.as_bytes()).is_err(), "{text}");
    }
    assert!(format(b"a = \"\xff\"\n").is_err());
}

#[test]
fn an_item_is_formatted_alone_and_the_rest_stays() {
    let file = b"a=1\n  b  {\nc=1\ndd=2\n}  # e\nf=1\n";
    let item = crate::syntax::next_item(file, 4, &mut Vec::new()).unwrap().unwrap();
    let edits = format_item(file, &item).unwrap();
    assert_eq!(edits.apply(file), b"a=1\n  b {\n  c  = 1\n  dd = 2\n}  # e\nf=1\n");
}
