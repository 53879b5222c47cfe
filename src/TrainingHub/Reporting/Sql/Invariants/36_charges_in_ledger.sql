-- The ledger has what each place is charged
select charged.place_id::text, charged.charged_pence, coalesce(posted.pence, 0) as ledger
from place_money charged
left join (
    select place_id, sum(case kind when 'Charge' then amount_pence else -amount_pence end)::int as pence
    from ledger_entries
    where kind in ('Charge', 'ChargeReversed')
    group by place_id
) posted on posted.place_id = charged.place_id
where charged.charged_pence <> coalesce(posted.pence, 0)
