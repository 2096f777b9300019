// Written from the options of the code by tests/Infrastructure.Tests: see README.md.

metadata name = 'Settings'
metadata description = 'The settings that the app reads.'

@export()
@description('Settings of the app; what is left out keeps the default of the code. Times are texts such as 00:00:30.')
@sealed()
type settingsType = {
  @description('Whether there is live input. Default false.')
  Demo__Enabled: bool?

  @description('Lines per second; 0 for as many as go. Default 50.')
  Demo__Rate: string?

  @description('What the lines depend on, beside their times. Default 1.')
  Demo__Seed: int?

  @description('The text that FilterEvents looks for: the setting FilterCondition. Safe for concurrent use.')
  FilterCondition: string?

  @description('How long a request waits for the broker before it is answered with 503. Default 30 seconds.')
  Ingest__AcknowledgeTimeout: string?

  @description('The largest body in bytes, as sent and decompressed. Default 4 MiB.')
  @minValue(1)
  @maxValue(1073741824)
  Ingest__MaxBodyBytes: int?

  @description('The most records of one request. Default 10,000.')
  @minValue(1)
  @maxValue(2147483647)
  Ingest__MaxRecords: int?

  @description('The topics that may be written to, separated by commas. Default web-logs,input-topic.')
  Ingest__Topics: string?

  @description('Name of the application in the identity of what it publishes: letters, digits, \'_\', \'-\', \'.\'. Default kafkafunctions. Never change it while records of the old name wait between two functions. Setting Kafka__Application.')
  Kafka__Application: string?

  @description('Which missing topics are created. Default: null, that is All on the embedded log and in the demo, DeadLetters on a Kafka broker. Setting Kafka__CreateTopics.')
  Kafka__CreateTopics: ('None' | 'DeadLetters' | 'All')?

  @description('Who publishes. Default Acknowledged. Setting Kafka__OutputDelivery.')
  Kafka__OutputDelivery: ('Acknowledged' | 'Binding')?

  @description('Partitions of a created topic; a dead-letter topic gets as many as its source. Default 4. Setting Kafka__Partitions.')
  @minValue(1)
  @maxValue(10000)
  Kafka__Partitions: int?

  @description('Compression of the batches. Default lz4.')
  Kafka__Producer__Compression: ('None' | 'Gzip' | 'Snappy' | 'Lz4' | 'Zstd')?

  @description('How long a batch waits for more records. Default 1 ms: a lone record is hardly delayed.')
  Kafka__Producer__Linger: string?

  @description('Requests on their way to a broker at a time, 1 to 5. Default 5, the most that keeps the order.')
  Kafka__Producer__MaxInFlight: int?

  @description('Most bytes waiting for the broker at a time; further calls wait. Default 256 MiB.')
  Kafka__Producer__MaxQueuedKibibytes: int?

  @description('Most records waiting for the broker at a time; further calls wait. Default 100,000.')
  Kafka__Producer__MaxQueuedRecords: int?

  @description('How often a failed publish is tried again inside the invocation before the invocation fails and the host runs it again. Default 5. Setting Kafka__PublishRetries.')
  @minValue(0)
  @maxValue(1000)
  Kafka__PublishRetries: int?

  @description('Address of a collector that traces and metrics are sent to, beside Application Insights. Default: none.')
  OTEL_EXPORTER_OTLP_ENDPOINT: string?

  @description('Headers of what is sent there; a reference to a key vault where it is a secret.')
  OTEL_EXPORTER_OTLP_HEADERS: string?

  @description('grpc (default) or http/protobuf.')
  OTEL_EXPORTER_OTLP_PROTOCOL: string?

  @description('What all telemetry is labelled with: name=value, separated by commas.')
  OTEL_RESOURCE_ATTRIBUTES: string?

  @description('Name of the app in telemetry.')
  OTEL_SERVICE_NAME: string?

  @description('Which traces are kept: parentbased_always_on (default), parentbased_traceidratio and others.')
  OTEL_TRACES_SAMPLER: string?

  @description('Share of the traces that parentbased_traceidratio keeps: 0.1.')
  OTEL_TRACES_SAMPLER_ARG: string?

  @description('Whether a batch is folded in memory first, to one update per key. Off: every update is published. Default true. Setting Processing__FoldBatch.')
  Processing__FoldBatch: bool?

  @description('How often a record is tried before an error of the function\'s own code makes it a dead letter. Default 3, at least 1. Setting Processing__MaxAttempts.')
  @minValue(1)
  @maxValue(1000)
  Processing__MaxAttempts: int?

  @description('How long a query waits for the storage before it is answered with 503. Default 15 seconds.')
  StateQueries__Timeout: string?

  @description('Number of buckets that the keys of a new store are spread over; fixed once the store is there. More buckets: more writes at the same time; fewer: more rows in one transaction. Default 64. Setting State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Buckets: int?

  @description('Bytes of rows that are kept in memory, of all stores together; those used last stay. Default 64 MiB. Setting State__CacheBytes.')
  State__CacheBytes: int?

  @description('How long the row of a key whose windows, or records of a join, are all gone stays after its last write, in wall time. An instance that lost a partition and goes on later than this may count old records anew. Default an hour.')
  State__KeepEmptyRows: string?

  @description('How often a batch\'s rows are written in all, when other instances write them in between, before the invocation fails and is run again. Default 20. Setting State__MaxWriteAttempts.')
  @minValue(1)
  @maxValue(1000)
  State__MaxWriteAttempts: int?

  @description('How long the last record of an upstream path is remembered after it came, to recognise copies: at least as long as source topics keep their records. Default 30 days. Setting State__PathRetention.')
  State__PathRetention: string?

  @description('Number of buckets of the store click-impressions. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__click_impressions__Buckets: int?

  @description('Number of buckets of the store customers. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__customers__Buckets: int?

  @description('Number of buckets of the store device-stats. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__device_stats__Buckets: int?

  @description('Number of buckets of the store latest-readings. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__latest_readings__Buckets: int?

  @description('Number of buckets of the store page-view-totals. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__page_view_totals__Buckets: int?

  @description('Number of buckets of the store page-views-per-5-minutes. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__page_views_per_5_minutes__Buckets: int?

  @description('Number of buckets of the store page-views-per-minute. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__page_views_per_minute__Buckets: int?

  @description('Number of buckets of the store top-pages. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__top_pages__Buckets: int?

  @description('Number of buckets of the store user-sessions. Default: that of State__Buckets.')
  @minValue(1)
  @maxValue(4096)
  State__Stores__user_sessions__Buckets: int?

  @description('Most requests to one account at a time. Default 128.')
  @minValue(1)
  @maxValue(4096)
  TableState__MaxConcurrentRequests: int?

  @description('How long a call repeats what fails or is throttled before it gives up and the batch is run again. Default 3 minutes: below the 5 after which Kafka takes partitions from a consumer that is not heard of.')
  TableState__Patience: string?

  @description('How long one request may take. Default 35 seconds: the service itself gives up after 30.')
  TableState__RequestTimeout: string?

  @description('What names of tables begin with: letters and digits, lower case, the first a letter, 16 at most. Default kf. Not to be changed where there is state: it would not be found.')
  TableState__TablePrefix: string?

  @description('How often the lag of every function is read, zero for never. Default 10 s, at most an hour. Setting Telemetry__LagInterval.')
  Telemetry__LagInterval: string?

  @description('How many spans a second batches with records of several traces write into these traces, on an instance; the records of further traces pass on what they came with, and their trace goes on at the next function. Default 1,000, 0 to 100,000. Setting Telemetry__RecordSpansPerSecond.')
  @minValue(0)
  @maxValue(100000)
  Telemetry__RecordSpansPerSecond: int?
}

@export()
@description('Names of the settings that say where Kafka and state are.')
var settingNames = {
  brokerList: 'BrokerList'
  username: 'KafkaUsername'
  password: 'KafkaPassword'
  securityProtocol: 'KafkaSecurityProtocol'
  saslMechanism: 'KafkaSaslMechanism'
  caFile: 'KafkaCaFile'
  stateStorage: 'StateStorage'
  tableServiceUri: 'tableServiceUri'
  clientId: 'clientId'
}
