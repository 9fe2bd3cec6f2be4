use domain::{AccountId, InstitutionId};
use serde::{Deserialize, Serialize};

use crate::{Day, Decimal, Kind, Moment, Nothing, Relation, RemittanceType};

crate::described! {
    /// An account at a bank of the sandbox, whose movements software may write.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct SandboxAccount {
        /// `checking`, `savings`, `securities`, `card` or `psp`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub subtype: Option<String>,
        /// The account's number.
        pub reference: String,
        /// What kind of number.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference_type: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// The account's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The bank's name of the product.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub product: Option<String>,
        /// Who holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub holder_name: Option<String>,
        /// Booked balance at the bank now, before any synchronization.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance: Option<Decimal>,
        /// The day it holds for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub current_balance_reference_date: Option<Moment>,
    }
}

impl Kind for SandboxAccount {
    const TYPE: &'static str = "financialInstitutionAccount";
    type Id = AccountId;
    type Relationships = SandboxAccountRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// Where a sandbox account belongs, and its movements.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct SandboxAccountRelationships {
        /// The bank.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub financial_institution: Option<Relation<InstitutionId>>,
        /// Its movements.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub financial_institution_transactions: Option<Relation<String>>,
    }
}

crate::described! {
    /// A movement at a bank of the sandbox, before any synchronization.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct SandboxTransaction {
        /// Signed: credit to the account holder is positive.
        pub amount: Decimal,
        /// ISO 4217.
        pub currency: String,
        /// The day the bank booked it.
        pub execution_date: Day,
        /// The day from which it counts for interest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value_date: Option<Day>,
        /// The bank's label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The communication.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remittance_information: Option<String>,
        /// What kind of communication.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remittance_information_type: Option<RemittanceType>,
        /// Name of the other side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counterpart_name: Option<String>,
        /// Account of the other side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counterpart_reference: Option<String>,
        /// ISO 20022 end-to-end identification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_to_end_id: Option<String>,
        /// ISO 20022 purpose code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub purpose_code: Option<String>,
        /// SEPA direct debit mandate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mandate_id: Option<String>,
        /// SEPA creditor identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub creditor_id: Option<String>,
        /// ISO 20022 bank transaction code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bank_transaction_code: Option<String>,
        /// The bank's own code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub proprietary_bank_transaction_code: Option<String>,
        /// What the bank adds in prose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub additional_information: Option<String>,
        /// Card number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub card_reference: Option<String>,
        /// `PAN` or `MASKEDPAN`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub card_reference_type: Option<String>,
        /// Charges withheld inside the amount, as information.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fee: Option<Decimal>,
    }
}

impl SandboxTransaction {
    /// A booked movement of a sandbox bank on the wire.
    pub fn of(booked: &domain::Transaction) -> SandboxTransaction {
        let told = crate::Transaction::of(booked);
        SandboxTransaction {
            amount: told.amount,
            currency: told.currency,
            execution_date: told.execution_date,
            value_date: told.value_date,
            description: told.description,
            remittance_information: told.remittance_information,
            remittance_information_type: told.remittance_information_type,
            counterpart_name: told.counterpart_name,
            counterpart_reference: told.counterpart_reference,
            end_to_end_id: told.end_to_end_id,
            purpose_code: told.purpose_code,
            mandate_id: told.mandate_id,
            creditor_id: told.creditor_id,
            bank_transaction_code: told.bank_transaction_code,
            proprietary_bank_transaction_code: told.proprietary_bank_transaction_code,
            additional_information: told.additional_information,
            card_reference: told.card_reference,
            card_reference_type: told.card_reference_type,
            fee: told.fee,
        }
    }
}

impl Kind for SandboxTransaction {
    const TYPE: &'static str = "financialInstitutionTransaction";
    type Id = String;
    type Relationships = SandboxTransactionRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// Where a sandbox movement belongs.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct SandboxTransactionRelationships {
        /// Its account.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub financial_institution_account: Option<Relation<AccountId>>,
    }
}

crate::described! {
    /// The body that books a movement at a sandbox bank.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct NewSandboxTransaction {
        /// Signed: credit to the account holder is positive.
        pub amount: Decimal,
        /// ISO 4217: the account's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub currency: Option<String>,
        /// The day to book it on, as a date or an instant whose day counts; today when it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub execution_date: Option<String>,
        /// The day from which it counts for interest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value_date: Option<String>,
        /// The bank's label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The communication.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remittance_information: Option<String>,
        /// What kind of communication; free text unless `structured`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub remittance_information_type: Option<String>,
        /// Name of the other side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counterpart_name: Option<String>,
        /// Account of the other side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counterpart_reference: Option<String>,
        /// ISO 20022 end-to-end identification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_to_end_id: Option<String>,
        /// ISO 20022 purpose code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub purpose_code: Option<String>,
        /// SEPA direct debit mandate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mandate_id: Option<String>,
        /// SEPA creditor identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub creditor_id: Option<String>,
        /// ISO 20022 bank transaction code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bank_transaction_code: Option<String>,
        /// The bank's own code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub proprietary_bank_transaction_code: Option<String>,
        /// What the bank adds in prose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub additional_information: Option<String>,
        /// Card number, masked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub card_reference: Option<String>,
        /// Charges withheld inside the amount, as information.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fee: Option<Decimal>,
    }
}

crate::described! {
    /// The body that changes what a sandbox bank says of a movement. What is left out stays.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct ChangedSandboxTransaction {
        /// Name of the other side, where it has none yet.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub counterpart_name: Option<String>,
        /// The bank's label.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The communication, as free text.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub remittance_information: Option<String>,
        /// ISO 20022 end-to-end identification.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub end_to_end_id: Option<String>,
        /// ISO 20022 purpose code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub purpose_code: Option<String>,
        /// SEPA direct debit mandate.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mandate_id: Option<String>,
        /// SEPA creditor identifier.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub creditor_id: Option<String>,
        /// ISO 20022 bank transaction code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub bank_transaction_code: Option<String>,
        /// The bank's own code.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub proprietary_bank_transaction_code: Option<String>,
        /// What the bank adds in prose.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub additional_information: Option<String>,
    }
}
