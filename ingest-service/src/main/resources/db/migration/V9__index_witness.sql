-- Emptied by the server when it comes up after a crash, or as the standby that takes over; kept through an orderly restart.
create unlogged table index_witness (
    witness   uuid primary key,
    placed_at timestamptz not null default now()
);
