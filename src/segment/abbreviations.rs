//! What a full stop behind an English word may mean besides the end of a sentence.

/// What the word before a full stop says about that stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// An ordinary word: the stop ends a sentence.
    Word,
    /// Something always follows (`Dr. Who`, `e.g. this`): the stop ends nothing.
    Title,
    /// Ends nothing before a number (`No. 5`, `Fig. 2`), else a sentence.
    Numbered,
    /// A month or a weekday, shortened: ends nothing before a number; else as [`Stop::Unsure`].
    Date,
    /// Stands inside a sentence or at its end (`Inc.`, `U.S.`, `J.`): ends one only before a word that opens one.
    Unsure,
}

/// What `word`, without its final stop, says about it. Case counts: `Gen.` is a title, `gen.` is not.
pub(super) fn classify(word: &str) -> Stop {
    if TITLES.contains(&word) {
        Stop::Title
    } else if NUMBERED.contains(&word) {
        Stop::Numbered
    } else if DATES.contains(&word) {
        Stop::Date
    } else if COMPANIES_AND_PLACES.contains(&word) || is_acronym(word) || is_initial(word) {
        Stop::Unsure
    } else {
        Stop::Word
    }
}

/// `U.S`, `a.m`, `D.C`, `Ph.D`: letters by ones and twos.
fn is_acronym(word: &str) -> bool {
    let letters = |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|b| b.is_ascii_alphabetic());
    word.contains('.') && word.split('.').all(letters) && word.split('.').any(|part| part.len() == 1)
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether a capitalised word opens a sentence rather than goes on with a name: after `U.S.` or `Inc.` only these
/// tell the two apart. Adverbs in `-ly` do, too.
pub(super) fn opens_sentence(word: &str) -> bool {
    let stem = word.split(['\'', '’']).next().unwrap_or(word);
    let adverb = stem.len() >= 6 && stem.ends_with("ly") && !NAMES_IN_LY.contains(&stem);
    stem.starts_with(|c: char| c.is_ascii_uppercase()) && (adverb || OPENERS.contains(&stem))
}

/// Whether a shortened or full month follows, as behind a weekday: `Mon., Jan. 6`, `Tue. March 3`.
pub(super) fn is_month(word: &str) -> bool {
    let long = MONTHS.iter().any(|month| word.len() > 3 && month.starts_with(word));
    long || (word.len() >= 3 && DATES.iter().take(SHORT_MONTHS).any(|month| *month == word))
}

/// Names that end in an exclamation mark.
pub(super) const SHOUTING_NAMES: [&str; 2] = ["Yahoo", "Jeopardy"];

const TITLES: [&str; 62] = [
    "Dr", "Mr", "Mrs", "Ms", "Mx", "Messrs", "Prof", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs", "Gen",
    "Col", "Lt", "Sgt", "Capt", "Cpl", "Cmdr", "Adm", "Maj", "Brig", "Rev", "Hon", "Pres", "Supt", "Det",
    "Insp", "Amb", "Atty", "Asst", "e.g", "E.g", "i.e", "I.e", "eg", "ie", "vs", "Vs", "v", "cf", "Cf",
    "viz", "approx", "Approx", "ca", "est", "incl", "excl", "resp", "a.k.a", "A.k.a", "aka", "n.b", "N.B",
    "ed", "eds", "trans", "et", "c.f", "w.r.t",
];

const NUMBERED: [&str; 30] = [
    "No", "no", "Nos", "nos", "Nr", "nr", "Fig", "fig", "Figs", "figs", "Vol", "vol", "Vols", "Sec", "sec",
    "Secs", "Ch", "Chap", "p", "pp", "Art", "Arts", "Eq", "Eqs", "Ver", "ver", "Para", "para", "Rel", "Pt",
];

const SHORT_MONTHS: usize = 12;

const DATES: [&str; 22] = [
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon", "Tue",
    "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const COMPANIES_AND_PLACES: [&str; 77] = [
    "Inc", "Corp", "Ltd", "Co", "Cos", "LLC", "LLP", "LP", "PLC", "Plc", "Bros", "Jr", "Sr", "Esq", "Dept",
    "Univ", "Assn", "Assoc", "Intl", "Natl", "Govt", "Mfg", "Dist", "Div", "Ave", "Blvd", "St", "Rd", "Mt",
    "Ft", "Pty", "GmbH", "Pvt", "al", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga",
    "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore",
    "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ont", "Que", "Alta", "Eng", "Fr", "Ger",
    "Rus", "Chr", "Alex", "Wm",
];

const NAMES_IN_LY: [&str; 10] = [
    "Sicily", "Beverly", "Kimberly", "Connolly", "Reilly", "Donnelly", "Kennelly", "Family", "Assembly",
    "Supply",
];

const OPENERS: [&str; 193] = [
    "A",
    "About",
    "Above",
    "According",
    "Across",
    "After",
    "Again",
    "Against",
    "All",
    "Along",
    "Already",
    "Also",
    "Although",
    "Amid",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Anyone",
    "Apart",
    "Around",
    "As",
    "Aside",
    "At",
    "Attackers",
    "Authorities",
    "Based",
    "Because",
    "Before",
    "Below",
    "Besides",
    "Between",
    "Beyond",
    "Both",
    "But",
    "By",
    "Can",
    "Companies",
    "Could",
    "Criminals",
    "Customers",
    "Depending",
    "Despite",
    "Did",
    "Do",
    "Does",
    "Due",
    "During",
    "Each",
    "Earlier",
    "Either",
    "Even",
    "Every",
    "Everyone",
    "Experts",
    "Far",
    "Few",
    "Five",
    "Follow",
    "Following",
    "For",
    "Four",
    "From",
    "Further",
    "Furthermore",
    "Given",
    "Hackers",
    "Has",
    "Have",
    "He",
    "Hence",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Indeed",
    "Instead",
    "Into",
    "Investigators",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Law",
    "Let",
    "Like",
    "Many",
    "Meanwhile",
    "More",
    "Moreover",
    "Most",
    "Much",
    "My",
    "Neither",
    "Nevertheless",
    "Next",
    "None",
    "Nonetheless",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "Officials",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Organizations",
    "Other",
    "Others",
    "Otherwise",
    "Our",
    "Out",
    "Over",
    "Perhaps",
    "Police",
    "Prosecutors",
    "Rather",
    "Regardless",
    "Researchers",
    "See",
    "Several",
    "She",
    "Should",
    "Similar",
    "Since",
    "So",
    "Some",
    "Soon",
    "Still",
    "Such",
    "Thanks",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Three",
    "Through",
    "Thus",
    "To",
    "Today",
    "Together",
    "Two",
    "Under",
    "Unless",
    "Unlike",
    "Until",
    "Upon",
    "Use",
    "Users",
    "Using",
    "Various",
    "Victims",
    "Was",
    "We",
    "Were",
    "What",
    "Whatever",
    "When",
    "Whenever",
    "Where",
    "Whereas",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Would",
    "Yes",
    "Yesterday",
    "Yet",
    "You",
    "Your",
];
