-- Staff find an invoice among many by any part of whom it is made out to, of the address or of the purchase order. The key follows from
-- what was issued, and is gone with it.
drop trigger invoices_never_change on invoices;
alter table invoices add column search_key text generated always as (
    name_key(coalesce(billing_name, '') || '|' || email || '|' || coalesce(purchase_order, ''))) stored;
create index ix_invoices_search_key on invoices using gin (search_key gin_trgm_ops);
create trigger invoices_never_change before update or delete on invoices
    for each row execute function refuse_issued_change('{open_pence,is_settled,search_key}', '{email,billing_name,postal_address}');
