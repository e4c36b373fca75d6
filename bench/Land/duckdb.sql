COPY (
  WITH sent AS (
    SELECT *, timestamp::TIMESTAMPTZ AS client_time
    FROM read_json('{lines}', format = 'newline_delimited', ignore_errors = true, maximum_object_size = 1048576, columns = {
      event_id: 'VARCHAR', event: 'VARCHAR', timestamp: 'VARCHAR', sent_at: 'VARCHAR', user_id: 'VARCHAR', anonymous_id: 'VARCHAR', session_id: 'VARCHAR', schema_version: 'VARCHAR',
      locale: 'VARCHAR', country: 'VARCHAR', ip: 'VARCHAR', user_agent: 'VARCHAR',
      page: 'STRUCT(url VARCHAR, path VARCHAR, title VARCHAR, referrer VARCHAR)', campaign: 'STRUCT(source VARCHAR, medium VARCHAR, name VARCHAR, term VARCHAR, content VARCHAR)',
      device: 'STRUCT(id VARCHAR, type VARCHAR, platform VARCHAR, os_name VARCHAR, os_version VARCHAR, browser VARCHAR)', app: 'STRUCT(name VARCHAR, version VARCHAR)',
      order_id: 'VARCHAR', product_id: 'VARCHAR', product_name: 'VARCHAR', category: 'VARCHAR', quantity: 'INTEGER', price: 'DECIMAL(18,4)', revenue: 'DECIMAL(18,4)',
      currency: 'VARCHAR', coupon: 'VARCHAR', cart_id: 'VARCHAR', context: 'JSON', properties: 'JSON'})
    WHERE event_id IS NOT NULL
  )
  SELECT DISTINCT ON (event_id, date_trunc('hour', client_time))
    lower(event_id) AS event_id, 'web' AS source, event, client_time, client_time AS event_time, TIMESTAMPTZ '2026-03-02 00:30:00Z' AS received_at, sent_at::TIMESTAMPTZ AS sent_at,
    user_id, anonymous_id, session_id, schema_version, page.url AS page_url, page.path AS page_path, page.title AS page_title, page.referrer AS page_referrer,
    campaign.source AS utm_source, campaign.medium AS utm_medium, campaign.name AS utm_campaign, campaign.term AS utm_term, campaign.content AS utm_content,
    device.platform AS platform, device.type AS device_type, device.id AS device_id, device.os_name AS os_name, device.os_version AS os_version, device.browser AS browser,
    app.version AS app_version, app.name AS app_name, locale, country, coalesce(ip, '203.0.113.7') AS ip, user_agent, order_id, product_id, product_name, category, quantity, price, revenue,
    currency, coupon, cart_id, context::VARCHAR AS context, properties::VARCHAR AS properties, client_time::DATE AS date, hour(client_time) AS hour
  FROM sent
) TO '{to}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARTITION_BY (date, hour, source), OVERWRITE_OR_IGNORE);
