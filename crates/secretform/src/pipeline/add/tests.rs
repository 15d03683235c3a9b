//! What the proof of a splice accepts is, by the models themselves, the old spec and the intent.

use super::*;
use crate::model::{Group, Read, Reader};
use crate::scaffold::SHIPPED;
use crate::source::MemoryDirectory;

const SPECS: [&str; 3] = [
    "terraform {\n  region     = \"eu-west-2\"\n  account_id = \"123456789012\"\n}\n\ndefaults {\n  tags       = { Name = secret.name }\n  kms_key_id = aws_kms_key.k.arn\n}\n\ngroup \"a\" {\n  secret \"b\" {\n    description = \"${secret.name} of a\"\n  }\n}\nsecret \"c\" {}\n\nreader \"one\" {\n  reads = [group.a, secret.c]\n\n  policy_document \"x\" {}\n  policy_document \"y\" {\n    reads = [\n      secret.a[*],\n    ]\n  }\n}\nreader \"two\" {\n  reads = [secret.a.b]\n\n  policy_document \"z\" {}\n}\n",
    "secret \"c\" {}\r\nterraform {\r\n  region     = var.r\r\n  account_id = var.a\r\n}\r\nreader \"one\" {\r\n  resources = [\"arn:aws:secretsmanager:eu-west-2:123456789012:secret:x-??????\"]\r\n  policy_document \"x\" {}\r\n}\r\n",
    "terraform {\n  region     = var.r\n  account_id = var.a\n}\n\nreader \"one\" {\n  policy_file \"p.json\" {\n    region     = \"*\"\n    account_id = \"*\"\n    reads      = [secret.c]\n  }\n}\n\nsecret \"c\" {}\n\nrule \"unmanaged\" {\n  severity = \"note\"\n  at = [\"aws_secretsmanager_secret.x\"]\n  reason = \"not yet\"\n}\n",
];

fn model(text: &[u8]) -> Model {
    let source = SourceMap::new().add(Source::new("", text));
    let (lowered, said) = spec::read(source, text);
    lowered.unwrap_or_else(|| panic!("{:?}", said.first())).model
}

fn added(text: &str, preset: &str) -> (AddOptions, Vec<u8>) {
    let spec = RepoPath::new("secretform.hcl").unwrap();
    let mut memory = MemoryDirectory::new();
    memory.insert(spec.clone(), text);
    let options = AddOptions {
        preset: preset.to_owned(),
        name: Some("new".to_owned()),
        readers: vec!["one".to_owned()],
        presets: None,
    };
    let added = add(&Inputs { directory: &memory, spec, templates: None }, &options);
    assert!(!added.outcome.failed, "{preset}: {:?}", added.outcome.diagnostics);
    (options, added.outcome.files[0].after().to_vec())
}

/// The reader with the group in each of its places.
fn reading(reader: &Reader) -> Reader {
    let grants = reader.grants().iter().map(|grant| grant.clone().reading(Read::Group("new".to_owned())));
    Reader::new(reader.label(), grants).unwrap()
}

#[test]
fn the_new_model_is_the_old_one_and_what_was_intended() {
    for text in SPECS {
        let old = model(text.as_bytes());
        for (preset, _) in SHIPPED {
            let (_, after) = added(text, preset);
            let new = model(&after);
            assert_eq!((new.scope(), new.file()), (old.scope(), old.file()));
            let groups: Vec<&Group> = new.groups().iter().filter(|group| group.label() != "new").collect();
            assert_eq!(groups, old.groups().iter().collect::<Vec<_>>());
            let secrets = new.secrets().iter().filter(|secret| secret.group() != Some("new"));
            assert!(secrets.eq(old.secrets()), "{preset}");
            for (was, is) in old.readers().iter().zip(new.readers()) {
                let expected = if was.label() == "one" { reading(was) } else { was.clone() };
                assert_eq!(*is, expected, "{preset}");
            }
        }
    }
}

#[test]
fn any_byte_that_changes_a_meaning_besides_is_a_disproof() {
    let (options, after) = added(SPECS[0], "slack");
    let preset = asked(&MemoryDirectory::new(), &options, &mut Outcome::default()).unwrap();
    let intent = Intent { preset: Some(&preset), group: "new", readers: &options.readers };
    let disproof = |after: &str| {
        scaffold::disproof(SPECS[0].as_bytes(), after.as_bytes(), &model(after.as_bytes()), &intent)
    };
    let after = String::from_utf8(after).unwrap();
    assert_eq!(disproof(&after), None);
    for (find, replace) in [
        ("eu-west-2", "eu-west-1"),
        ("of a", "of b"),
        ("secret \"c\" {}", "secret \"c\" {}\nsecret \"d\" {}"),
        ("[group.a, secret.c, group.new]", "[group.new, group.a, secret.c]"),
        ("[group.a, secret.c, group.new]", "[group.a, group.new]"),
        ("[group.a, secret.c, group.new]", "[group.a, secret.c]"),
        ("reads = [secret.a.b]", "reads = [secret.a.b, group.new]"),
        ("policy_document \"x\" {}", "policy_document \"x\" { by = \"reference\" }"),
        ("Slack bot token", "Slack token"),
        ("sensitive   = true", "sensitive   = false"),
        ("reader \"two\" {\n  reads = [secret.a.b]\n\n  policy_document \"z\" {}\n}\n", ""),
    ] {
        let wrong = after.replacen(find, replace, 1);
        assert_ne!(wrong, after, "{find}");
        assert!(disproof(&wrong).is_some(), "{find} → {replace}");
    }
}
