-- Keeps what somebody has typed, after the oldest drafts of the same network have made room: all drafts of a network together stay
-- within @most_bytes, each counted with what its row takes. Those that another statement is busy with are left for the next time.
with others as (
    select key_hash, run_id, sum(bytes + @row_bytes) over (order by expires_at desc, key_hash, run_id) as together
    from booking_drafts
    where network_hash = @network_hash
      and (key_hash, run_id) <> (@key_hash, @run_id)
),
gone as (
    delete from booking_drafts
    where (key_hash, run_id) in (
        select draft.key_hash, draft.run_id
        from booking_drafts draft
        join others on others.key_hash = draft.key_hash and others.run_id = draft.run_id
        where others.together > @most_bytes - @row_bytes - @bytes
        for update of draft skip locked
    )
)
insert into booking_drafts (key_hash, run_id, booking_id, answers, expires_at, network_hash, bytes)
values (@key_hash, @run_id, @booking_id, @answers::jsonb, @expires_at, @network_hash, @bytes)
on conflict (key_hash, run_id) do update
set booking_id = excluded.booking_id, answers = excluded.answers, expires_at = excluded.expires_at,
    network_hash = excluded.network_hash, bytes = excluded.bytes
