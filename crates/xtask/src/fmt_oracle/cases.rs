//! What is compared: the corpus, re-laid and broken copies of it, hand-made edges, random files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use fastrand::Rng;

use super::{breaker, edges, generate, relay};

/// A family of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// Real files as they are.
    Corpus,
    /// Real files in another layout.
    Relaid,
    /// Real files with one or two edits of tokens.
    Broken,
    /// Texts chosen by hand.
    Edges,
    /// Random small files.
    Generated,
}

impl Set {
    /// All, in the order of the report.
    pub(crate) const ALL: [Set; 5] = [Set::Corpus, Set::Relaid, Set::Broken, Set::Edges, Set::Generated];

    /// As the report names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Set::Corpus => "corpus",
            Set::Relaid => "re-laid",
            Set::Broken => "broken",
            Set::Edges => "edges",
            Set::Generated => "generated",
        }
    }
}

/// One input, made when it is needed: the same seed gives the same bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// Its family.
    pub set: Set,
    /// Which of the family.
    pub number: usize,
}

impl Case {
    /// Its bytes.
    pub(crate) fn bytes(self, corpus: &[RealFile], seed: u64) -> Vec<u8> {
        let mut rng = Rng::with_seed(seed ^ ((self.set as u64) << 56) ^ ((self.number as u64) << 20));
        let real = || corpus.get(self.number % corpus.len().max(1)).map_or(&[][..], |file| &file.bytes);
        match self.set {
            Set::Corpus => real().to_vec(),
            Set::Relaid => relay::relay(real(), &mut rng),
            Set::Broken => breaker::shatter(real(), &mut rng),
            Set::Edges => edges::EDGES.get(self.number).map_or_else(Vec::new, |edge| edge.to_vec()),
            Set::Generated => generate::file(&mut rng),
        }
    }

    /// How to name it: for real files and their copies with the path.
    pub(crate) fn label(self, corpus: &[RealFile]) -> String {
        let path = match self.set {
            Set::Edges | Set::Generated => String::new(),
            _ => corpus
                .get(self.number % corpus.len().max(1))
                .map(|file| format!(" ({})", file.path.display()))
                .unwrap_or_default(),
        };
        format!("{} {}{path}", self.set.name(), self.number)
    }
}

/// A file of the corpus.
pub(crate) struct RealFile {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Where the corpus lies: `SECRETFORM_CORPUS`, or `../shared/corpus` beside the repository.
pub(crate) fn corpus_directory() -> PathBuf {
    std::env::var_os("SECRETFORM_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from)
}

/// All `.tf` files below `directory`, sorted by path.
pub(crate) fn corpus(directory: &Path) -> io::Result<Vec<RealFile>> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tf") {
                let bytes = fs::read(&path)?;
                files
                    .push(RealFile { bytes, path: path.strip_prefix(directory).unwrap_or(&path).to_owned() });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
