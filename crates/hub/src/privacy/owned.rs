//! What an organization owns in the database, table by table: what its export holds, and what its end erases. A test
//! holds this list against the schema, so that a new table is a decision.

/// What becomes of a table's rows when their organization ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// They are erased.
    Erased,
    /// They are kept, because a law says so.
    KeptByLaw,
}

/// A table with rows of organizations.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that the export holds. None for what the owner cannot use: hashes of secrets, work in progress.
    pub columns: &'static [&'static str],
    /// Reads a page of them, each as text.
    pub(super) read: &'static str,
    /// Erases the rows, or those that no law keeps.
    pub(super) erase: &'static str,
    /// What becomes of the rows.
    pub end: End,
}

macro_rules! table {
    (Erased $name:literal by $key:literal: $($column:literal)*) => {
        table!(@ Erased concat!("DELETE FROM ", $name, " WHERE organization_id = $1"), $name, $key, $($column)*)
    };
    (KeptByLaw $name:literal but $unused:literal by $key:literal: $($column:literal)*) => {
        table!(@ KeptByLaw concat!("DELETE FROM ", $name, " WHERE organization_id = $1 AND ", $unused), $name, $key,
            $($column)*)
    };
    (@ $end:ident $erase:expr, $name:literal, $key:literal, $($column:literal)*) => {
        Table {
            name: $name,
            columns: &[$($column),*],
            read: concat!(
                "SELECT organization_id", $(", CAST(", $column, " AS TEXT) AS ", $column,)* " FROM ", $name,
                " WHERE organization_id = $1 ORDER BY ", $key, " LIMIT $2 OFFSET $3"
            ),
            erase: $erase,
            end: End::$end,
        }
    };
}

/// Every table with rows of organizations.
pub const TABLES: &[Table] = &[
    table!(Erased "organizations" by "organization_id": "name" "kind" "vat_number" "street" "postal_code" "city"
        "country" "created_at"),
    table!(Erased "memberships" by "user_id": "user_id" "since" "role"),
    table!(Erased "billing_details" by "organization_id": "name" "email" "street" "postal_code" "city" "country"
        "updated_at"),
    table!(Erased "accounts" by "id": "id" "institution_id" "authorization_id" "reference" "reference_type" "currency"
        "subtype" "resource_id" "name" "product" "holder_name" "linked_at" "unlinked_at" "authorized_at" "expires_on"
        "state" "state_reason" "state_since" "opening_on" "opening_minor" "closing_on" "closing_minor"
        "closing_seen_at" "current_minor" "current_on" "current_changed_at" "available_minor" "booked_minor"
        "booked_count" "listed_through" "relist_from" "last_seq" "last_change" "last_balance" "synchronized_at"
        "next_unattended_at" "failures"),
    table!(Erased "transactions" by "account_id, seq": "account_id" "seq" "change" "id" "booked_on" "value_on" "minor"
        "currency" "state" "reason" "fingerprint" "bank_id" "details" "raw_id" "created_at" "updated_at"),
    table!(Erased "changes" by "account_id, change": "account_id" "change" "kind" "transaction_id" "seq" "before"
        "reason" "at"),
    table!(Erased "pending_transactions" by "account_id, position": "account_id" "position" "id" "expected_on"
        "value_on" "minor" "currency" "fingerprint" "bank_id" "details" "created_at" "updated_at"),
    table!(Erased "balances" by "account_id, seq": "account_id" "seq" "id" "kind" "on_date" "minor" "seen_at"
        "raw_id" "withdrawn"),
    table!(Erased "raw_answers" by "id": "id" "account_id" "synchronization_id" "endpoint" "content_type" "digest"
        "received_at"),
    table!(Erased "repeated_answers" by "account_id, raw_id, received_at": "account_id" "raw_id" "received_at"
        "synchronization_id"),
    table!(Erased "listings" by "account_id, through_day": "account_id" "through_day" "from_day" "digest" "seen_at"),
    table!(Erased "account_lists" by "id": "id" "authorization_id" "content_type" "digest" "received_at"),
    table!(Erased "account_list_defects" by "authorization_id, position": "authorization_id" "position" "list_id"
        "path" "value" "rule" "seen_at"),
    table!(Erased "defects" by "id": "id" "account_id" "raw_id" "path" "value" "rule" "seen_at"),
    table!(Erased "synchronizations" by "id": "id" "account_id" "subtype" "status" "attended" "psu_ip" "created_at"
        "updated_at" "pages" "rows_read" "created_count" "updated_count" "first_change" "last_change" "error_code"
        "error_detail" "error_reply" "pending_created" "pending_updated" "details_updated"),
    table!(Erased "bank_calls" by "account_id, endpoint, called_at, nonce": "account_id" "endpoint" "called_at"
        "attended"),
    table!(Erased "authorizations" by "id": "id" "institution_id" "state" "bank_url" "renews" "psu_ip" "started_at"
        "authorized_at" "expires_on" "ended_at" "reason"),
    table!(Erased "reauthorization_requests" by "id": "id" "integration_id" "account_id" "redirect_uri" "created_at"
        "expires_at" "authorization_id"),
    table!(Erased "integrations" by "id": "id" "application_id" "scope" "created_at" "revoked_at" "partner_reference"),
    table!(Erased "integration_accounts" by "integration_id, account_id, added_at": "integration_id" "account_id"
        "added_at" "removed_at" "last_accessed_at"),
    table!(Erased "applications" by "id": "id" "name" "client_id" "earlier_secret_until" "redirect_uris" "created_at"),
    table!(Erased "webhook_events" by "id": "id" "application_id" "kind" "body" "created_at" "state" "attempts"
        "tries" "give_up_at" "next_at"),
    table!(Erased "webhook_attempts" by "event_id, number": "event_id" "number" "url" "status" "problem" "at"),
    table!(Erased "expiry_notices" by "account_id, expires_on, days": "account_id" "expires_on" "days"),
    table!(Erased "notice_addresses" by "email": "email" "language" "added_at"),
    table!(Erased "mails" by "id": "id" "mail_key" "recipient" "subject" "state" "tries" "problem" "created_at"
        "changed_at"),
    table!(Erased "invitations" by "id": "id" "email" "role" "invited_by" "created_at" "expires_at"),
    table!(Erased "audit_entries" by "seq": "seq" "at" "actor_kind" "actor_id" "actor_name" "action" "subject" "hash"),
    table!(Erased "audit_heads" by "organization_id": "seq" "hash"),
    table!(Erased "audit_sightings" by "actor_id":),
    table!(Erased "representations" by "id": "id" "representative_id" "given_at" "ended_at"),
    table!(Erased "representation_accounts" by "mandate_id, account_id": "mandate_id" "account_id" "added_at"),
    table!(Erased "representation_integrations" by "mandate_id, integration_id": "mandate_id" "integration_id"),
    table!(Erased "representation_links" by "id": "id" "label" "created_at" "expires_at"),
    table!(Erased "bank_wishes" by "bic, email": "bic" "email" "wished_at" "told_at"),
    table!(Erased "problem_reports" by "id": "id" "institution_id" "email" "words" "diagnostic" "reported_at"
        "closed_at"),
    table!(Erased "integration_requests" by "integration_id, day": "integration_id" "day" "requests"),
    table!(Erased "uploads" by "id": "id" "user_id" "name" "refusal" "received_at"),
    table!(Erased "statement_files" by "id": "id" "account_id" "upload_id" "raw_id" "name" "format" "first_on" "last_on"
        "listed_count" "created_count" "defect_count" "proof" "first_balance" "last_balance" "user_id" "uploaded_at"
        "undone_at"),
    table!(Erased "invoice_reminders" by "invoice_id, stage": "invoice_id" "stage" "sent_on"),
    // What organizations that are gone used of software that this one pays for.
    table!(Erased "brought_lines" by "month, erased_id": "month" "lines"),
    table!(Erased "invoiced_through" by "organization_id": "month"),
    table!(Erased "organization_blocks" by "organization_id": "blocked_at"),
    table!(Erased "jobs" by "id":),
    table!(Erased "authorization_codes" by "code_hash":),
    table!(Erased "tokens" by "token_hash":),
    // The seller keeps its books for years (in Belgium ten, article 60 of the VAT code), and the mandates as long as a
    // payer can dispute what was collected by them.
    table!(KeptByLaw "invoices" but "FALSE" by "number": "id" "number" "kind" "month" "credits_id" "issued_on" "due_on"
        "total_minor" "document" "created_at"),
    table!(KeptByLaw "invoice_settlements" but "FALSE" by "invoice_id": "invoice_id" "how" "settled_on" "at"),
    table!(KeptByLaw "invoice_collections" but "FALSE" by "invoice_id, file": "invoice_id" "file" "mandate" "sequence"
        "collect_on" "returned_on"),
    // One that was never used is kept while there is something to collect by it.
    table!(KeptByLaw "debit_mandates" but "uses = 0 AND NOT EXISTS (SELECT 1 FROM invoices v \
        LEFT JOIN invoice_settlements s ON s.organization_id = v.organization_id AND s.invoice_id = v.id \
        WHERE v.organization_id = debit_mandates.organization_id AND v.kind = 'invoice' AND s.invoice_id IS NULL)" by "reference": "reference" "iban" "holder" "signed_on" "given_by"
        "consent" "uses" "ended_at"),
];

/// What is erased before, in tables that know an organization only by something of it; and the sessions of its people,
/// who stay logged in.
pub(super) const BEFORE: [&str; 6] = [
    "DELETE FROM webhook_addresses WHERE application_id IN (SELECT id FROM applications WHERE organization_id = $1)",
    "DELETE FROM consent_requests WHERE application_id IN (SELECT id FROM applications WHERE organization_id = $1)",
    "DELETE FROM tokens WHERE application_id IN (SELECT id FROM applications WHERE organization_id = $1)",
    "DELETE FROM authorization_codes WHERE application_id IN (SELECT id FROM applications WHERE organization_id = $1)",
    "DELETE FROM idempotent_answers WHERE caller IN (SELECT id FROM integrations WHERE organization_id = $1)",
    "UPDATE sessions SET organization_id = NULL WHERE organization_id = $1",
];
