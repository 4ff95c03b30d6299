-- A marketplace (orders.csv, order_reviews.csv, customers.csv and their neighbours): an order yields
-- purchase, approval, dispatch and delivery; a review yields a score 1-5 with its words.
-- Times are local: give --zone America/Sao_Paulo.
WITH known AS (
    SELECT
        orders.*,
        'customer:' || customer_unique_id AS identity,
        customer_state,
        CASE
            WHEN order_status = 'delivered' AND order_delivered_customer_date IS NOT NULL THEN
                CASE
                    WHEN CAST(order_delivered_customer_date AS TIMESTAMP)::DATE
                        > CAST(order_estimated_delivery_date AS TIMESTAMP)::DATE THEN 'late'
                    ELSE 'on_time'
                END
        END AS delivery
    FROM orders JOIN customers USING (customer_id)
),
paid AS (
    SELECT order_id, sum(CAST(payment_value AS DOUBLE)) AS value FROM order_payments GROUP BY order_id
),
first_item AS (
    SELECT order_id, arg_min(product_id, CAST(order_item_id AS INTEGER)) AS product_id,
        arg_min(seller_id, CAST(order_item_id AS INTEGER)) AS seller_id
    FROM order_items GROUP BY order_id
),
bought AS (
    SELECT order_id, seller_id, product_category_name AS category
    FROM first_item LEFT JOIN products USING (product_id)
),
steps AS (
    SELECT order_id, 'purchase' AS touchpoint, 'purchase' AS kind, 'inbound' AS direction,
        order_purchase_timestamp AS happened FROM known
    UNION ALL
    SELECT order_id, 'approval', 'other', 'outbound', order_approved_at FROM known
    UNION ALL
    SELECT order_id, 'dispatch', 'other', 'outbound', order_delivered_carrier_date FROM known
    UNION ALL
    SELECT order_id, 'delivery', 'delivery', 'outbound', order_delivered_customer_date FROM known
)
SELECT
    touchpoint || ':' || order_id AS message_id, identity, happened AS at, 'web' AS channel, touchpoint, kind,
    direction, order_id AS case_id, seller_id AS team,
    CASE WHEN touchpoint = 'purchase' THEN value END AS value,
    CASE WHEN touchpoint = 'purchase' AND value IS NOT NULL THEN 'BRL' END AS currency,
    delivery AS segment_delivery, customer_state AS segment_state, category AS segment_category
FROM steps JOIN known USING (order_id) LEFT JOIN paid USING (order_id) LEFT JOIN bought USING (order_id)
WHERE happened IS NOT NULL
UNION ALL BY NAME
SELECT
    'review:' || review_id || ':' || order_id AS message_id, identity,
    review_answer_timestamp AS at, 'review' AS channel, 'review' AS touchpoint, 'feedback' AS kind,
    'inbound' AS direction, order_id AS case_id, seller_id AS team,
    'csat' AS metric, review_score AS score, 1 AS scale_min, 5 AS scale_max,
    concat_ws(E'\n', review_comment_title, review_comment_message) AS text, 'pt' AS language,
    delivery AS segment_delivery, customer_state AS segment_state, category AS segment_category
FROM order_reviews JOIN known USING (order_id) LEFT JOIN bought USING (order_id)
