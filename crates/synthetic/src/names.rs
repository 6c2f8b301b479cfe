//! Invented people and firms: names as a British council's files hold them, put together by chance.

use crate::holder::pick;
use rand::Rng;

/// What a person or firm is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Mr, Mrs, Dr… Empty for a firm.
    pub title: &'static str,
    /// First name. Empty for a firm.
    pub forename: &'static str,
    /// Surname, or the firm's name.
    pub surname: String,
}

/// A person.
pub fn person(rng: &mut impl Rng) -> Name {
    let (titles, forenames) = match pick(rng, &[true, false]) {
        true => (WOMENS_TITLES, WOMENS_FORENAMES),
        false => (MENS_TITLES, MENS_FORENAMES),
    };
    Name { title: pick(rng, titles), forename: pick(rng, forenames), surname: surname(rng) }
}

/// A firm, often named for somebody.
pub fn firm(rng: &mut impl Rng) -> Name {
    let owner = surname(rng);
    Name { surname: format!("{owner} {} {}", pick(rng, TRADES), pick(rng, FORMS)), ..Name::default() }
}

/// One surname; now and then two with a hyphen.
fn surname(rng: &mut impl Rng) -> String {
    let first = pick(rng, SURNAMES);
    if rng.next_u32().is_multiple_of(40) { format!("{first}-{}", pick(rng, SURNAMES)) } else { first.to_owned() }
}

const WOMENS_TITLES: &[&str] = &["Mrs", "Mrs", "Mrs", "Miss", "Miss", "Ms", "Ms", "Dr"];
const MENS_TITLES: &[&str] = &["Mr", "Mr", "Mr", "Mr", "Mr", "Mr", "Dr", "Rev"];

#[rustfmt::skip] // one name a line would be many pages
const WOMENS_FORENAMES: &[&str] = &[
    "Abigail", "Agnieszka", "Aisha", "Alice", "Alison", "Amanda", "Amelia", "Amina", "Angharad", "Anjali", "Anna", "Aoife",
    "Barbara", "Bethan", "Brenda", "Bronwen", "Carol", "Caroline", "Carys", "Catherine", "Charlotte", "Chloe", "Christine",
    "Claire", "Deborah", "Diane", "Donna", "Dorothy", "Eilidh", "Elaine", "Eleanor", "Elizabeth", "Emily", "Emma", "Ewa", "Farah",
    "Fatima", "Ffion", "Fiona", "Frances", "Gillian", "Grace", "Gwen", "Hannah", "Harpreet", "Heather", "Helen", "Irene", "Isla",
    "Jacqueline", "Jane", "Janet", "Jasmine", "Jean", "Jennifer", "Jessica", "Joan", "Joanna", "Joyce", "Judith", "Julie", "Karen",
    "Katarzyna", "Kathleen", "Khadija", "Laura", "Lauren", "Leanne", "Linda", "Lisa", "Louise", "Lowri", "Lucy", "Magdalena",
    "Małgorzata", "Mair", "Margaret", "Maria", "Mary", "Maureen", "Megan", "Michelle", "Monika", "Morag", "Nadia", "Nia", "Niamh",
    "Nicola", "Olivia", "Pamela", "Parveen", "Patricia", "Pauline", "Priya", "Rachel", "Rebecca", "Rhian", "Rosemary", "Ruth",
    "Sandra", "Sara", "Seren", "Shabnam", "Sharon", "Sheila", "Shirley", "Siân", "Sinéad", "Siobhán", "Sophie", "Stella", "Sunita",
    "Susan", "Sylvia", "Tracey", "Valerie", "Victoria", "Wendy", "Yasmin", "Zoë", "Żaneta",
];

#[rustfmt::skip] // one name a line would be many pages
const MENS_FORENAMES: &[&str] = &[
    "Aaron", "Adam", "Ahmed", "Alan", "Aled", "Alexander", "Ali", "Alun", "Amir", "Andrew", "Andrzej", "Anthony", "Arthur", "Barry",
    "Benjamin", "Bilal", "Brian", "Bryn", "Callum", "Charles", "Christopher", "Ciarán", "Colin", "Conor", "Craig", "Dafydd",
    "Daniel", "Darren", "David", "Dean", "Declan", "Deepak", "Dennis", "Derek", "Donald", "Dylan", "Edward", "Emyr", "Eric", "Evan",
    "Faisal", "Frank", "Gareth", "Gary", "Geoffrey", "George", "Geraint", "Glyn", "Gordon", "Graham", "Gurpreet", "Gwilym", "Hamza",
    "Harold", "Harry", "Hassan", "Huw", "Iain", "Ian", "Ibrahim", "Ieuan", "Imran", "Ioan", "Ivor", "Jack", "Jacob", "James",
    "Jason", "John", "Jonathan", "Joseph", "Joshua", "Keith", "Kenneth", "Kevin", "Krzysztof", "Lee", "Leonard", "Lewis", "Liam",
    "Łukasz", "Malcolm", "Marcin", "Mark", "Martin", "Matthew", "Michael", "Mohammed", "Mustafa", "Neil", "Nigel", "Norman",
    "Oliver", "Omar", "Owain", "Patrick", "Paul", "Paweł", "Peter", "Philip", "Piotr", "Rajesh", "Raymond", "Rhodri", "Rhys",
    "Richard", "Robert", "Roger", "Ronald", "Rory", "Roy", "Ryan", "Samuel", "Sanjay", "Sean", "Simon", "Stanley", "Stephen",
    "Steven", "Stuart", "Tariq", "Terence", "Thomas", "Timothy", "Tomasz", "Trevor", "Usman", "Vikram", "Walter", "William",
    "Yusuf", "Zbigniew",
];

#[rustfmt::skip] // one name a line would be many pages
const SURNAMES: &[&str] = &[
    "Abbott", "Adams", "Ahmed", "Akhtar", "Ali", "Allen", "Anderson", "Appleyard", "Armitage", "Armstrong", "Ashcroft", "Ashworth",
    "Atkinson", "Bailey", "Baker", "Barker", "Barnes", "Barraclough", "Begum", "Bell", "Bennett", "Bentley", "Bevan", "Bhatt",
    "Blackburn", "Booth", "Bowen", "Bradley", "Brennan", "Briggs", "Broadbent", "Brook", "Brown", "Burke", "Burton", "Butler",
    "Byrne", "Cadwallader", "Campbell", "Carr", "Carter", "Chapman", "Chaudhry", "Clark", "Clarke", "Cohen", "Collins", "Connolly",
    "Cook", "Cooper", "Cox", "Crossley", "Cunningham", "Dąbrowski", "D'Arcy", "Davies", "Davis", "Dawson", "Desai", "Dixon",
    "Dobson", "Doherty", "Dolan", "Doyle", "Driscoll", "Duffy", "Dunn", "Edwards", "Elliott", "Ellis", "Evans", "Farrell", "Firth",
    "Fisher", "Fitzgerald", "Fletcher", "Foster", "Fox", "Gallagher", "Gibson", "Gill", "Gorski", "Graham", "Grant", "Gray",
    "Green", "Greenwood", "Griffiths", "Gupta", "Gwynne", "Hall", "Hamilton", "Hanson", "Hardcastle", "Hargreaves", "Harris",
    "Harrison", "Hartley", "Harvey", "Hayes", "Hepworth", "Higgins", "Hill", "Hinchliffe", "Hirst", "Holmes", "Hopkins", "Howells",
    "Hughes", "Hunt", "Hussain", "Hutchinson", "Iqbal", "Islam", "Jackson", "Jagger", "James", "Jankowski", "Jenkins", "John",
    "Johnson", "Jones", "Joshi", "Kaczmarek", "Kamiński", "Kaur", "Kavanagh", "Kaye", "Kelly", "Kennedy", "Khan", "King", "Knight",
    "Kowalczyk", "Kowalska", "Kowalski", "Kozłowski", "Krawczyk", "Kumar", "Lee", "Lewandowski", "Lewis", "Liu", "Lloyd",
    "Lockwood", "Lynch", "Macdonald", "Mackenzie", "Mahmood", "Malik", "Marsden", "Marshall", "Martin", "Mason", "Mazur",
    "McCarthy", "McDonald", "McGuire", "McKenna", "McLaughlin", "Mehta", "Meredith", "Metcalfe", "Miah", "Mills", "Mistry",
    "Mitchell", "Moore", "Morgan", "Morris", "Murphy", "Murray", "Naylor", "Newton", "Nolan", "Nowak", "Oates", "O'Brien",
    "O'Connor", "Oldroyd", "O'Neill", "O'Sullivan", "Owen", "Palmer", "Parfitt", "Parker", "Parry", "Parveen", "Patel", "Pawłowski",
    "Pearson", "Perry", "Phillips", "Pickering", "Piotrowski", "Powell", "Price", "Pritchard", "Probert", "Prosser", "Prydderch",
    "Pugh", "Quinn", "Rahman", "Ramsden", "Rao", "Rashid", "Redfearn", "Rees", "Reid", "Reynolds", "Rhydderch", "Richards",
    "Richardson", "Roberts", "Robertson", "Robinson", "Rogers", "Rose", "Ross", "Rowlands", "Russell", "Ryan", "Sandhu", "Saunders",
    "Scott", "Senior", "Shah", "Sharma", "Shaw", "Sheikh", "Siddiqui", "Simpson", "Singh", "Smith", "Smyth", "Stead", "Stephens",
    "Stewart", "Sutcliffe", "Swift", "Sykes", "Szymański", "Taylor", "Thomas", "Thompson", "Thomson", "Tordoff", "Turner",
    "Vaughan", "Verma", "Wadsworth", "Walker", "Wallace", "Walsh", "Walters", "Ward", "Watkins", "Watson", "Webb", "White",
    "Whitehead", "Whitworth", "Wilkinson", "Williams", "Wilson", "Wiśniewski", "Wójcik", "Wood", "Woodhead", "Wright", "Wrigley",
    "Yates", "Young", "Zając", "Zaman", "Zieliński",
];

#[rustfmt::skip] // one name a line would be many pages
const TRADES: &[&str] = &[
    "Bakery", "Building Services", "Butchers", "Cafe", "Care", "Carpets", "Chemists", "Cleaning", "Dental Practice", "Electrical",
    "Engineering", "Flooring", "Furnishings", "Garage", "Hairdressing", "Haulage", "Joinery", "Landscapes", "Lettings", "Motors",
    "Newsagents", "Opticians", "Plumbing", "Printers", "Properties", "Recycling", "Roofing", "Scaffolding", "Stores", "Textiles",
];

const FORMS: &[&str] = &["Ltd", "Ltd", "Ltd", "Limited", "& Co", "& Sons", "LLP"];
