-- Where a reading stands after a page.
INSERT INTO reading AS r (account_id, mailing_no, kind, mark, top, next)
VALUES (:account, :mailing, :kind, :mark::timestamptz, :top::timestamptz, :next)
ON CONFLICT (account_id, mailing_no, kind) DO UPDATE SET
  mark = coalesce(excluded.mark, r.mark), top = excluded.top, next = excluded.next
