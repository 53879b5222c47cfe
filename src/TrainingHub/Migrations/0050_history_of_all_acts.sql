-- Who agreed to a file, for the history that it writes. Uploads live for an hour, so those before have nobody to name.
alter table import_uploads add column uploader_name text not null default '';

-- What is known of people at providers and venues goes when it is of no more use; history stays, so it says that it changed and not to what.
alter table history_entries disable trigger tr_history_entries_only_added;
update history_entries
set changes = (
    select jsonb_agg(
        case
            when change ->> 'What' in ('Contact name', 'Email address', 'Phone', 'Contact on the day', 'Phone on the day')
                or (record_type = 'Trainer' and change ->> 'What' = 'Name')
            then change || jsonb_build_object(
                'Before', case when change ->> 'Before' is not null then 'known' end,
                'After', case when change ->> 'After' is null then null when change ->> 'Before' is null then 'known' else 'another' end)
            else change
        end
        order by position)
    from jsonb_array_elements(changes) with ordinality as listed (change, position)
)
where record_type in ('Provider', 'Trainer', 'Venue')
and changes <> '[]';
alter table history_entries enable trigger tr_history_entries_only_added;
