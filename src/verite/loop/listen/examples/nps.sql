-- A survey export: journey stage, score 0-10 (text where none was given), verbatim, date d/m/Y H:M.
-- The file has no customer: each answer is a person of its own, and the date a local time.
SELECT
    'nps_broadband:' || md5(concat_ws('|', CUSTOMER_RESPONSE_DATE, SURVEY_SUB_TYPE, NPS_SCORE, text))
        || '-' || row_number() OVER (
            PARTITION BY CUSTOMER_RESPONSE_DATE, SURVEY_SUB_TYPE, NPS_SCORE, text) AS message_id,
    strptime(CUSTOMER_RESPONSE_DATE, '%d/%m/%Y %H:%M') AS at,
    SURVEY_SUB_TYPE AS touchpoint,
    'feedback' AS kind,
    'nps' AS metric,
    TRY_CAST(NPS_SCORE AS DOUBLE) AS score,
    0 AS scale_min,
    10 AS scale_max,
    text,
    'en' AS language
FROM nps_broadband
