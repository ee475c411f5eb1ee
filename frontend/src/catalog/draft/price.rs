//! A price and what is offered beside it, as fields and read back.

use shared::catalog::choice::{AddOn, AddOnCount, EarlyPrice, Extras, Reduction, TermPrice};
use shared::catalog::{EnrollmentBand, PriceModel, QuantityBand};
use shared::money::Cents;
use shared::time::Date;
use shared::words::catalog as words;

use super::{Reader, Texts, money_text, percent, percent_text};

pub fn write_price(texts: &mut Texts, field: &str, price: &PriceModel) {
    let mut set = |name: &str, text: String| texts.set(format!("{field}.{name}"), text);
    match price {
        PriceModel::Included => set("model", "included".to_owned()),
        PriceModel::Flat { price } => {
            set("model", "flat".to_owned());
            set("price", money_text(*price));
        }
        PriceModel::PerPupil { base, each, floor, cap } => {
            set("model", "per_pupil".to_owned());
            set("base", money_text(*base));
            set("each", money_text(*each));
            set("floor", floor.map(money_text).unwrap_or_default());
            set("cap", cap.map(money_text).unwrap_or_default());
        }
        PriceModel::QuantityBands { measure, default_quantity, bands } => {
            set("model", "quantity_bands".to_owned());
            set("measure", measure.name().to_owned());
            set("default_quantity", default_quantity.to_string());
            set("bands", bands.len().to_string());
            for (at, band) in bands.iter().enumerate() {
                set(&format!("bands.{at}.from"), band.from.to_string());
                set(&format!("bands.{at}.each"), money_text(band.each));
            }
        }
        PriceModel::EnrollmentBands { bands, up_to } => {
            set("model", "enrollment_bands".to_owned());
            set("up_to", up_to.map(|last| last.to_string()).unwrap_or_default());
            set("bands", bands.len().to_string());
            for (at, band) in bands.iter().enumerate() {
                set(&format!("bands.{at}.from"), band.from.to_string());
                set(&format!("bands.{at}.price"), money_text(band.price));
            }
        }
        PriceModel::PerPost { each, floor, cap } => {
            set("model", "per_post".to_owned());
            set("each", money_text(*each));
            set("floor", floor.map(money_text).unwrap_or_default());
            set("cap", cap.map(money_text).unwrap_or_default());
        }
        PriceModel::PostShare { full_time, usual_hundredths } => {
            set("model", "post_share".to_owned());
            set("full_time", money_text(*full_time));
            set("usual_hundredths", usual_hundredths.to_string());
        }
        PriceModel::CostPlus { cost, plus } => {
            set("model", "cost_plus".to_owned());
            set("cost", cost.map(money_text).unwrap_or_default());
            set("plus", percent_text(*plus));
        }
        PriceModel::Quote => set("model", "quote".to_owned()),
        PriceModel::Brokered { provider_price, brokerage } => {
            set("model", "brokered".to_owned());
            set("provider_price", money_text(*provider_price));
            set("brokerage", percent_text(*brokerage));
        }
    }
}

/// Writes what stands beside the price.
pub fn write_extras(texts: &mut Texts, field: &str, extras: &Extras) {
    let mut set = |name: String, text: String| texts.set(format!("{field}.{name}"), text);
    if let Some(early) = extras.early {
        let (by, less) = match early.less {
            Reduction::Share { share } => ("share", percent_text(share)),
            Reduction::Sum { sum } => ("sum", money_text(sum)),
        };
        set("early.until".to_owned(), early.until.to_string());
        set("early.by".to_owned(), by.to_owned());
        set("early.less".to_owned(), less);
    }
    set("guaranteed".to_owned(), extras.guaranteed.map(|times| times.to_string()).unwrap_or_default());
    set("terms".to_owned(), extras.terms.len().to_string());
    for (at, term) in extras.terms.iter().enumerate() {
        set(format!("terms.{at}.years"), term.years.to_string());
        set(format!("terms.{at}.less"), percent_text(term.less));
    }
    set("add_ons".to_owned(), extras.add_ons.len().to_string());
    for (at, add_on) in extras.add_ons.iter().enumerate() {
        set(format!("add_ons.{at}.key"), add_on.key.to_string());
        set(format!("add_ons.{at}.title"), add_on.title.clone());
        set(format!("add_ons.{at}.count"), add_on.count.name().to_owned());
    }
    for (at, add_on) in extras.add_ons.iter().enumerate() {
        write_price(texts, &format!("{field}.add_ons.{at}.price"), &add_on.price);
    }
}

impl Reader<'_> {
    pub(super) fn price(&mut self, field: &str) -> PriceModel {
        let at = |name: &str| format!("{field}.{name}");
        match self.text(&at("model")).as_str() {
            "flat" => PriceModel::Flat { price: self.money(&at("price")) },
            "per_pupil" => PriceModel::PerPupil {
                base: self.sum(&at("base")).unwrap_or_default(),
                each: self.money(&at("each")),
                floor: self.sum(&at("floor")),
                cap: self.sum(&at("cap")),
            },
            "quantity_bands" => PriceModel::QuantityBands {
                measure: self.measure(&at("measure")),
                default_quantity: self.number(&at("default_quantity")),
                bands: self.bands(&at("bands"), "each").into_iter().map(|(from, each)| QuantityBand { from, each }).collect(),
            },
            "enrollment_bands" => PriceModel::EnrollmentBands {
                bands: self.bands(&at("bands"), "price").into_iter().map(|(from, price)| EnrollmentBand { from, price }).collect(),
                up_to: self.optional(&at("up_to"), words::WRITE_A_NUMBER, |text| text.parse().ok()),
            },
            "per_post" => PriceModel::PerPost { each: self.money(&at("each")), floor: self.sum(&at("floor")), cap: self.sum(&at("cap")) },
            "post_share" => {
                PriceModel::PostShare { full_time: self.money(&at("full_time")), usual_hundredths: self.number(&at("usual_hundredths")) }
            }
            "cost_plus" => {
                PriceModel::CostPlus { cost: self.sum(&at("cost")), plus: self.needed(&at("plus"), words::WRITE_A_PERCENTAGE, percent) }
            }
            "quote" => PriceModel::Quote,
            "brokered" => PriceModel::Brokered {
                provider_price: self.money(&at("provider_price")),
                brokerage: self.needed(&at("brokerage"), words::WRITE_A_PERCENTAGE, percent),
            },
            _ => PriceModel::Included,
        }
    }

    fn bands(&mut self, list: &str, price: &str) -> Vec<(u32, Cents)> {
        let count = self.texts.count(list);
        (0..count).map(|at| (self.number(&format!("{list}.{at}.from")), self.money(&format!("{list}.{at}.{price}")))).collect()
    }

    fn sum(&mut self, name: &str) -> Option<Cents> {
        self.optional(name, words::WRITE_A_SUM, |text| text.parse().ok())
    }

    pub(super) fn extras(&mut self, field: &str) -> Extras {
        let terms = (0..self.texts.count(&format!("{field}.terms"))).map(|at| TermPrice {
            years: self.number(&format!("{field}.terms.{at}.years")),
            less: self.needed(&format!("{field}.terms.{at}.less"), words::WRITE_A_PERCENTAGE, percent),
        });
        let terms = terms.collect();
        let add_ons = (0..self.texts.count(&format!("{field}.add_ons"))).map(|at| self.add_on(&format!("{field}.add_ons.{at}")));
        let add_ons = add_ons.collect();
        let guaranteed = self.optional(&format!("{field}.guaranteed"), words::WRITE_A_NUMBER, |text| text.parse().ok());
        Extras { early: self.early(&format!("{field}.early")), terms, add_ons, guaranteed }
    }

    /// Nothing without a day; the day makes it an offer.
    fn early(&mut self, field: &str) -> Option<EarlyPrice> {
        let until: Date = self.optional(&format!("{field}.until"), words::WRITE_A_DAY, |text| text.parse().ok())?;
        let less = format!("{field}.less");
        let less = if self.text(&format!("{field}.by")) == "sum" {
            Reduction::Sum { sum: self.money(&less) }
        } else {
            Reduction::Share { share: self.needed(&less, words::WRITE_A_PERCENTAGE, percent) }
        };
        Some(EarlyPrice { until, less })
    }

    /// A new one has no number yet; keeping gives it one.
    fn add_on(&mut self, field: &str) -> AddOn {
        AddOn {
            key: self.text(&format!("{field}.key")).parse().unwrap_or(0),
            title: self.text(&format!("{field}.title")),
            count: AddOnCount::parse(&self.text(&format!("{field}.count"))).unwrap_or(AddOnCount::Once),
            price: self.price(&format!("{field}.price")),
        }
    }
}
