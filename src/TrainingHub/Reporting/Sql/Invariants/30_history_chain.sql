-- The chain of history has no break: no entry in it was changed, removed or put in afterwards
select 'entry ' || number || case
    when number <> former_number + 1 then ', after entry ' || former_number
    when id is null then ' is gone'
    else coalesce(', ' || record_type || ' ' || record_id, '') end
from (
    select link.number, link.hash, entry.id, entry.record_type, entry.record_id,
        lag(link.number, 1, 0::bigint) over in_order as former_number,
        lag(link.hash, 1, sha256('')) over in_order as former_hash,
        form_of_history(link.number, entry) as form
    from history_links link
    left join history_entries entry on entry.id = link.entry_id
    window in_order as (order by link.number)
) chain
where number <> former_number + 1 or id is null or hash <> sha256(former_hash || convert_to(form, 'UTF8'))
order by number
