-- A marketplace, for what moves its reviews (orders.csv, customers.csv, order_items.csv,
-- order_reviews.csv): approval and dispatch wait as long as they take. A delivery that has not come
-- by the day promised is one that was not made as promised, from the next day on; one made by then is.
-- The review, on its own scale, is about the whole order.
WITH known AS (
    SELECT orders.*, 'customer:' || customer_unique_id AS identity,
        order_estimated_delivery_date::TIMESTAMP + INTERVAL 1 DAY AS broken_at,
        order_delivered_customer_date::TIMESTAMP AS came_at
    FROM orders JOIN customers USING (customer_id)
)
SELECT 'approval:' || order_id AS message_id, identity, order_approved_at AS at,
    'web' AS channel, 'approval' AS touchpoint, 'contact' AS kind, 'resolved' AS outcome,
    date_diff('second', order_purchase_timestamp::TIMESTAMP, order_approved_at::TIMESTAMP) AS wait_s
FROM known WHERE order_approved_at IS NOT NULL
UNION ALL BY NAME
SELECT 'dispatch:' || order_id AS message_id, identity, order_delivered_carrier_date AS at,
    'web' AS channel, 'dispatch' AS touchpoint, 'contact' AS kind, 'resolved' AS outcome,
    date_diff('second', order_approved_at::TIMESTAMP, order_delivered_carrier_date::TIMESTAMP)
        AS wait_s
FROM known WHERE order_delivered_carrier_date IS NOT NULL
UNION ALL BY NAME
SELECT 'delivery:' || order_id AS message_id, identity,
    strftime(least(broken_at, came_at), '%Y-%m-%d %H:%M:%S') AS at,
    'web' AS channel, 'delivery' AS touchpoint, 'delivery' AS kind,
    CASE WHEN came_at < broken_at THEN 'done' ELSE 'unresolved' END AS outcome
FROM known WHERE order_status <> 'canceled'
UNION ALL BY NAME
SELECT 'review:' || review_id || ':' || order_id AS message_id, identity,
    review_answer_timestamp AS at, 'review' AS channel, 'feedback' AS kind, 'overall' AS metric,
    review_score AS score, 1 AS scale_min, 5 AS scale_max, 'delivery' AS touchpoint,
    concat_ws(E'\n', review_comment_title, review_comment_message) AS text, 'pt' AS language
FROM order_reviews JOIN known USING (order_id)
