-- The ledger has what payers' banks have taken back and not returned; foreign money is in neither
select dispute.stripe_dispute_id, dispute.state, dispute.amount_pence,
    coalesce(sum(case entry.kind when 'Disputed' then entry.amount_pence else -entry.amount_pence end), 0) as ledger
from disputes dispute
join payments payment on payment.id = dispute.payment_id
left join ledger_entries entry on entry.dispute_id = dispute.id
group by dispute.id, payment.id
having coalesce(sum(case entry.kind when 'Disputed' then entry.amount_pence else -entry.amount_pence end), 0)
    <> case when dispute.takes_money and dispute.state <> 'Won' and coalesce(payment.received_currency, 'gbp') = 'gbp' then dispute.amount_pence else 0 end
