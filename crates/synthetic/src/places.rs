//! Invented addresses: streets and villages put together by chance, with postcodes of the right shape.

use crate::holder::pick;
use rand::{Rng, RngExt};

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Up to four lines, the street first.
    pub lines: Vec<String>,
    /// Postcode, with its space.
    pub postcode: String,
}

/// An address somewhere around a post town; the postcode's area belongs to the town.
pub fn address(rng: &mut impl Rng) -> Address {
    let (town, area, districts) = pick(rng, TOWNS);
    let street = format!("{} {} {}", rng.random_range(1..180u32), pick(rng, STREETS), pick(rng, KINDS));
    let mut lines = match rng.random_range(0..12u32) {
        0 => vec![format!("Flat {}", rng.random_range(1..24u32)), street],
        1 => vec![format!("{} {}", pick(rng, HOUSES), pick(rng, HOUSE_KINDS)), street],
        _ => vec![street],
    };
    if rng.random_range(0..2u32) == 0 {
        lines.push(pick(rng, VILLAGES).to_owned());
    }
    lines.push(town.to_owned());
    let district = districts.0 + rng.random_range(0..=districts.1 - districts.0);
    let unit = [pick(rng, UNIT_LETTERS), pick(rng, UNIT_LETTERS)];
    let postcode = format!("{area}{district} {}{}{}", rng.random_range(1..10u32), unit[0], unit[1]);
    Address { lines, postcode }
}

/// The letters that the second half of a postcode has: all but C, I, K, M, O and V.
const UNIT_LETTERS: &[char] = &['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X', 'Y', 'Z'];

/// Post town, postcode area, and its first and last district here.
type Town = (&'static str, &'static str, (u32, u32));

const TOWNS: &[Town] = &[
    ("Barnsley", "S", (70, 75)),
    ("Barnsley", "S", (70, 75)),
    ("Barnsley", "S", (70, 75)),
    ("Barnsley", "S", (70, 75)),
    ("Rotherham", "S", (60, 66)),
    ("Sheffield", "S", (1, 36)),
    ("Doncaster", "DN", (1, 12)),
    ("Wakefield", "WF", (1, 4)),
    ("Pontefract", "WF", (7, 9)),
    ("Huddersfield", "HD", (1, 8)),
];

#[rustfmt::skip] // one name a line would be many pages
const STREETS: &[&str] = &[
    "Acorn", "Albert", "Alder", "Alma", "Ash", "Aspen", "Bank", "Barley", "Beech", "Birch", "Blenheim", "Bluebell", "Bramble",
    "Bridge", "Broad", "Brook", "Cambridge", "Canal", "Castle", "Cedar", "Chapel", "Chestnut", "Church", "Clarence", "Cliff",
    "Colliery", "Coronation", "Cross", "Dale", "Derwent", "Dove", "Duke", "Elm", "Farm", "Fern", "Field", "Foundry", "Furnace",
    "Garden", "George", "Glebe", "Grange", "Granville", "Greenfield", "Grove", "Hall", "Hawthorn", "Hazel", "Heather", "High",
    "Highfield", "Hill", "Holly", "Honeywell", "Ivy", "Jubilee", "Keir Hardie", "Kestrel", "King", "Kings", "Laburnum", "Lark",
    "Laurel", "Lilac", "Lime", "Linden", "Long", "Low", "Lower", "Manor", "Maple", "Market", "Meadow", "Mill", "Moor", "Mount",
    "Nelson", "New", "North", "Oak", "Oakfield", "Old", "Orchard", "Oxford", "Park", "Pine", "Pinfold", "Poplar", "Priory",
    "Prospect", "Providence", "Quarry", "Queen", "Railway", "Rectory", "Regent", "River", "Robin", "Rose", "Rowan", "Royal",
    "Rydal", "School", "Sheaf", "Silver", "Smithy", "South", "Spring", "Springfield", "Station", "Summer", "Sycamore", "Thornton",
    "Tower", "Union", "Vernon", "Viaduct", "Vicarage", "Victoria", "Vine", "Warren", "Water", "Wellington", "West", "Wharf",
    "White Cross", "Willow", "Windermere", "Windmill", "Windsor", "Wood", "Woodland", "York",
];

const KINDS: &[&str] = &[
    "Street", "Street", "Street", "Road", "Road", "Road", "Avenue", "Avenue", "Lane", "Close", "Drive", "Crescent", "Terrace", "Place",
    "Court", "Gardens", "View", "Row", "Rise", "Way",
];

const HOUSES: &[&str] =
    &["Bleak", "Clough", "Copper Beech", "Fernlea", "Glen", "Hillcrest", "Ivy", "Lime Tree", "Moorside", "Rose", "Sunny", "Weaver's"];

const HOUSE_KINDS: &[&str] = &["Cottage", "Farm", "House", "Lodge"];

/// None of these is on the map.
const VILLAGES: &[&str] = &[
    "Ashby Moor",
    "Birkthorpe",
    "Calderfield",
    "Dearnethorpe",
    "Ellerby Green",
    "Farholme",
    "Grimley",
    "Hadderclough",
    "Inglethwaite",
    "Kexley",
    "Linthorpe Common",
    "Marlow Bank",
    "Netherby Cross",
    "Oxthwaite",
    "Penley Hill",
    "Ravenscar Row",
    "Silkwood",
    "Thornley Edge",
    "Upper Wyke",
    "Worsley Dale",
];
