-- For the comparison of models over the studies that both answered.
create index outcomes_of_model on outcomes ((event -> 'model' ->> 'modelDigest'), received_at desc);
