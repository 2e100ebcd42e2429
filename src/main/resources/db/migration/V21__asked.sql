-- What people ask for in the console and over JMX waits in the same table as what programs ask for.
ALTER TABLE run_order DROP COLUMN token_id, DROP COLUMN key;
ALTER TABLE run_order ADD COLUMN doing text, ADD COLUMN keys text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN run_order.doing IS 'what it does or waits for at this moment';
COMMENT ON COLUMN run_order.keys IS
  'the Idempotency-Keys with which it was asked for, each behind the number of its token';
CREATE INDEX run_order_by_key ON run_order USING gin (keys);
CREATE INDEX run_order_by_time ON run_order (sync, asked_at);
CREATE INDEX run_order_open ON run_order (sync) WHERE finished_at IS NULL;

-- Members with a status, or left out, in whatever group.
CREATE INDEX outstanding_by_status ON outstanding (account_id, sync_id, status, member_key);
CREATE INDEX member_left_out_by_key ON member (account_id, sync_id, member_key)
  WHERE reason IS NOT NULL OR NOT group_winner;
