namespace TrainingHub.PersonalData;

/// <summary>What a column of words or bytes may hold.</summary>
internal enum ColumnHolds
{
    /// <summary>Codes, states, names of places and courses: nothing of a person.</summary>
    Code,

    /// <summary>A name, an address or other words of or about one person.</summary>
    Person,

    /// <summary>Words that somebody typed and in which a person may be named.</summary>
    FreeText,

    /// <summary>Words that staff wrote for the public site or for everybody on a date.</summary>
    Published,

    /// <summary>What the database makes of another column of the same row.</summary>
    Derived,

    /// <summary>Hashes, keys and encrypted bytes that say nothing without what is not here.</summary>
    Secret,

    /// <summary>A member of staff by name, for what they did at work.</summary>
    Staff,

    /// <summary>What the safeguarding lead wrote about a concern: not given out, and not erased.</summary>
    Safeguarding,
}

/// <summary>Why something is kept when its person is erased.</summary>
internal enum KeptFor
{
    Accounts,
    Safeguarding,
    Staff,
    History,
    PublicWords,

    /// <summary>It is gone by itself within days.</summary>
    Days,
}

/// <summary>
/// Every column of the database that can hold words or bytes, and what they may be. A new one that is missing here fails DataMapTests;
/// one that holds a person's data must be in the copy and be erased, or stand in <see cref="Kept"/>.
/// </summary>
internal static class DataMap
{
    public static IReadOnlyDictionary<string, ColumnHolds> Columns { get; } = Read();

    /// <summary>Where something may stay after an erasure, and why; each reason is a line of the preview.</summary>
    public static IReadOnlyDictionary<string, KeptFor> Kept { get; } = new Dictionary<string, KeptFor>
    {
        ["bookings.booker_name"] = KeptFor.Accounts,
        ["bookings.booker_email"] = KeptFor.Accounts,
        ["bookings.invoice_email"] = KeptFor.Accounts,
        ["bookings.booker_key"] = KeptFor.Accounts,
        ["bookings.booker_email_key"] = KeptFor.Accounts,
        ["bank_files.file_name"] = KeptFor.Accounts,
        ["bank_files.content"] = KeptFor.Days,
        ["bank_lines.payer"] = KeptFor.Accounts,
        ["bank_lines.text"] = KeptFor.Accounts,
        ["bank_lines.outcome_note"] = KeptFor.Accounts,
        ["invoices.email"] = KeptFor.Accounts,
        ["invoices.postal_address"] = KeptFor.Accounts,
        ["invoices.billing_name"] = KeptFor.Accounts,
        ["invoices.search_key"] = KeptFor.Accounts,
        ["invoice_lines.delegate_name"] = KeptFor.Accounts,
        ["credit_notes.email"] = KeptFor.Accounts,
        ["survey_comments.text"] = KeptFor.Safeguarding,
        ["survey_comments.outcome"] = KeptFor.Safeguarding,
        ["concerns.referral"] = KeptFor.Safeguarding,
        ["concerns.outcome"] = KeptFor.Safeguarding,
        ["concerns.withdrawn_because"] = KeptFor.Safeguarding,
        ["concerns.hold_lifted_because"] = KeptFor.Safeguarding,
        ["concern_notes.text"] = KeptFor.Safeguarding,
        ["identity_requests.reason"] = KeptFor.Safeguarding,
        ["staff_users.name"] = KeptFor.Staff,
        ["staff_users.user_name"] = KeptFor.Staff,
        ["staff_users.normalized_user_name"] = KeptFor.Staff,
        ["staff_users.email"] = KeptFor.Staff,
        ["staff_users.normalized_email"] = KeptFor.Staff,
        ["staff_users.phone_number"] = KeptFor.Staff,
        ["booking_notes.author"] = KeptFor.Staff,
        ["date_messages.written_by"] = KeptFor.Staff,
        ["import_uploads.uploader_name"] = KeptFor.Staff,
        ["learning_actions.what"] = KeptFor.Staff,
        ["learning_actions.agency"] = KeptFor.Staff,
        ["learning_actions.owner"] = KeptFor.Staff,
        ["learning_actions.revised_because"] = KeptFor.Staff,
        ["learning_actions.impact"] = KeptFor.Staff,
        ["learning_actions.note"] = KeptFor.Staff,
        ["learning_meetings.minutes"] = KeptFor.Staff,
        ["learning_meetings.decisions"] = KeptFor.Staff,
        ["learning_sources.note"] = KeptFor.Staff,
        ["meeting_minutes.words"] = KeptFor.Staff,
        ["meeting_minutes.who"] = KeptFor.Staff,
        ["course_observations.went_well"] = KeptFor.Staff,
        ["course_observations.to_change"] = KeptFor.Staff,
        ["course_observations.agreed"] = KeptFor.Staff,
        ["course_observations.outcome"] = KeptFor.Staff,
        ["provider_documents.name"] = KeptFor.Staff,
        ["provider_documents.file_name"] = KeptFor.Staff,
        ["provider_documents.file_content"] = KeptFor.Staff,
        ["provider_reviews.words"] = KeptFor.Staff,
        ["training_needs.what"] = KeptFor.Staff,
        ["training_needs.because"] = KeptFor.Staff,
        ["training_needs.public_words"] = KeptFor.Staff,
        ["history_entries.actor"] = KeptFor.Staff,
        ["history_entries.note"] = KeptFor.History,
        ["history_entries.changes"] = KeptFor.History,
        ["history_entries.searched"] = KeptFor.History,
        ["import_uploads.content"] = KeptFor.Days,
        ["import_uploads.file_name"] = KeptFor.Days,
        ["import_uploads.report"] = KeptFor.Days,
    };

    /// <summary>Why a name may stay in the column; null when it may not.</summary>
    public static KeptFor? KeptOf(string column) =>
        Columns.TryGetValue(column, out var holds) && holds == ColumnHolds.Published ? KeptFor.PublicWords
        : Kept.TryGetValue(column, out var reason) ? reason
        : null;

    private const string Tables =
        """
        address_sessions: key_hash=Secret email=Person
        answer_files: hash=Secret
        areas: name long_name kind=Code
        attendance_marks: mark read_from=Code
        badge_keys: id public_key=Code protected_key=Secret
        bank_files: format=Code file_name content=FreeText content_hash=Secret
        bank_lines: key=Derived payer text outcome_note=FreeText outcome=Code
        bank_payers: payer_key=FreeText
        booking_drafts: key_hash network_hash=Secret answers=Person
        booking_notes: text=FreeText author=Staff
        bookings: reference origin payment_method state organisation_name purchase_order=Code booker_name booker_email invoice_email=Person booker_key booker_email_key organisation_key=Derived browser_hash network_hash=Secret
        bounce_reports: hash=Secret
        cancellation_policies: tier_working_days tier_percents=Code waiver_reasons reason=Published
        certificates: number course_title level days provider_name partnership_name state=Code code=Secret person_name=Person reason=FreeText
        comment_themes: name description=Code
        concern_alerts: step state=Code
        concern_notes: text=Safeguarding
        concerns: reference kind state=Code referral outcome withdrawn_because hold_lifted_because=Safeguarding
        confirmed_addresses: address_hash=Secret
        content_changes: what public_words=Published
        content_notices: text withdrawn_because file_name file_content=Published file_kind=Code
        course_observations: up_to_date delivery discussion hard_subjects setting=Code went_well to_change agreed outcome=Staff
        course_runs: reference slot delivery state joining_link=Code cancel_reason=Published
        course_tags: tag=Code words=Published
        course_titles: title title_key=Code
        courses: slug title kind tag level length survey_title linked_to priority prerequisite_rule nominal_code cost_centre=Code summary audience search_words outcomes day_plan bring how_it_runs resources=Published search_vector=Derived
        credit_note_lines: description=Code
        credit_notes: email=Person reason=Code
        data_protection_keys: name=Code xml=Secret
        data_request_records: kind=Code
        data_requests: reference kind finding answer_way=Code name email contact=Person asked identity answer extended_because=FreeText outcome=Code
        date_evaluations: moment counts measures=Code
        date_messages: subject text=FreeText audience=Code written_by=Staff
        date_wishes: email=Person email_key=Derived
        disputes: stripe_dispute_id state reason=Code
        door_secrets: secret=Secret
        erased_records: kind=Code
        fee_schedules: reason=Published
        resources: title kind=Code summary url=Published
        elearning_completions: title=Person title_key=Derived
        event_links: title url=Published
        event_slots: begins ends=Code
        event_sessions: title about speakers room=Published
        free_place_applications: applicant organisation_name state declined_rule=Code registered_number applicant_name applicant_email=Person about reason question answer=FreeText
        free_place_awards: organisation_name=Code
        free_place_evidence: kind=Code file_name content=FreeText
        free_place_policies: state=Code who evidence=Published
        history_entries: record_type act=Code actor=Staff note changes=FreeText searched=Derived
        history_heads: hash=Secret
        history_links: hash=Secret
        identity_requests: reason=Safeguarding
        import_headings: kind heading_key column_name=Code
        import_uploads: kind state=Code content file_name report=FreeText content_hash=Secret uploader_name=Staff
        import_values: kind column_name value_key means=Code
        imported_answers: delegate_key=Secret
        invoices: email billing_name postal_address=Person purchase_order=Code search_key=Derived
        invoice_lines: description=Code delegate_name=Person
        job_runs: job node error waits=Code
        journal_exports: hash=Derived
        kept_forms: key_hash body=Secret
        later_purchase_orders: purchase_order=Code
        learning_actions: state evidence=Code what agency owner revised_because impact note=Staff
        learning_meetings: state=Code minutes decisions=Staff
        learning_priorities: name=Code
        learning_sources: kind title publisher address=Code public_words=Published note=Staff
        learning_themes: name=Code
        ledger_entries: kind=Code
        mail_stops: error=Code
        meeting_marks: mark read_from=Code
        meeting_minutes: what source standing=Code words who=Staff
        money_differences: kind stripe_id our_currency their_currency=Code
        organisation_leads: email=Person
        organisations: name name_key search_key=Code contact_name contact_email contact_phone invoice_email=Person invoice_address purchase_order_note=FreeText
        outgoing_emails: kind about state=Code to_address model subject sent_text=Person unsubscribe_url=Secret last_error=Code
        payer_classes: name=Code words=Published
        payments: provider state problem received_currency checkout_session_id checkout_url payment_intent_id desk_way=Code problem_note desk_reference=FreeText
        people: email name=Person email_key name_key=Derived
        person_aliases: email name=Person email_key name_key=Derived
        place_charges: kind state waived_for=Code
        place_notices: kind version=Code
        places: state price_rule prerequisite_said=Code delegate_name access_needs prerequisite_detail=Person
        postcode_districts: code=Code town latitude longitude=Published
        programmes: slug title=Code summary=Published
        provider_documents: kind file_kind=Code name file_name file_content=Staff
        provider_notices: state=Code acknowledged_by=Person acknowledged_words=FreeText
        provider_reviews: outcome=Code words=Staff
        providers: name=Code contact_name email phone=Person
        recent_tries: what=Code subject=Secret
        recommendations: number effect=Code text=Published
        refunds: state stripe_refund_id error reason=Code
        schema_migrations: name hash=Code
        school_holidays: name=Code
        search_meanings: name typed=Code says link_words link_address=Published
        secret_links: purpose=Code hash=Secret
        sectors: name=Code
        seed_runs: name=Code
        settings: name=Code value=Published
        shaped_by: source address=Code words=Published
        sign_in_codes: email=Person code_hash=Secret
        staff_authenticators: protected_key=Secret
        staff_claims: claim_type claim_value=Code
        staff_logins: login_provider provider_key provider_display_name=Code
        staff_passkeys: credential_id data=Secret
        staff_recovery_codes: code_hash=Secret
        staff_sessions: key_hash ticket subject provider_session refresh_token id_token=Secret browser issuer=Code
        staff_tokens: login_provider name=Code value=Secret
        staff_users: roles=Code name user_name email phone_number=Person normalized_user_name normalized_email=Derived password_hash security_stamp concurrency_stamp=Secret
        staff_work_accounts: issuer=Code subject=Secret
        stripe_comparisons: step after=Code
        stripe_events: id type object_id=Code
        survey_comments: question_key state=Code text=FreeText outcome=Safeguarding
        survey_invitations: moment state=Code
        survey_quotes: text=FreeText question_key state=Code
        survey_options: question_key label=Code
        survey_questions: key kind level wording short_wording hint missing_words text_prompt=Code
        survey_responses: origin submitted_within=Code import_key=Secret
        survey_versions: state=Code
        surveys: key title moment=Code
        toolkits: name=Code
        trainers: name email phone=Person
        training_needs: state=Code what because public_words=Staff
        undeliverable_addresses: address_hash=Secret reason=Code
        undoable_acts: kind before=Code
        venues: name address town postcode map_url step_free=Code room access travel=Published contact_name contact_phone=Person full_address=Derived
        waiting_list_entries: name email=Person email_key name_key=Derived state=Code
        waiting_list_events: kind=Code
        withheld_answers: submitted_within=Code
        worry_words: phrase=Code folded=Derived
        write_offs: reason=FreeText
        """;

    // A line is "table: column column=Kind column=Kind": a kind is said after the last of its columns.
    private static Dictionary<string, ColumnHolds> Read()
    {
        var columns = new Dictionary<string, ColumnHolds>();
        foreach (var line in Tables.Split('\n'))
        {
            var (table, rest) = line.Split(": ") is [var before, var after] ? (before, after) : throw new InvalidOperationException(line);
            var waiting = new List<string>();
            foreach (var word in rest.Split(' '))
            {
                var (column, kind) = word.Split('=') is [var one, var said] ? (one, said) : (word, null);
                waiting.Add($"{table}.{column}");
                if (kind is not null)
                {
                    waiting.ForEach(name => columns.Add(name, Enum.Parse<ColumnHolds>(kind)));
                    waiting.Clear();
                }
            }
        }

        return columns;
    }
}
