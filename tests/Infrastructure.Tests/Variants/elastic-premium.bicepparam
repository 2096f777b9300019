// Elastic Premium in a private network, on a cluster of one's own with a private authority.
using '../../../infra-bicep/main.bicep'

param environmentName = 'premium'

param kafka = {
  kind: 'existing'
  brokers: 'kafka1.internal:9093,kafka2.internal:9093'
  securityProtocol: 'SASL_SSL'
  saslMechanism: 'SCRAM-SHA-512'
  caFile: 'ca.pem'
}

param kafkaCredentials = {
  username: 'kafkafunctions'
  password: 'not-a-secret'
}

param hosting = {
  plan: 'ElasticPremium'
  sku: 'EP1'
  minimumInstances: 1
  maximumInstances: 10
}

param state = {
  accounts: 3
  sku: 'Standard_GZRS'
}

param network = {
  access: 'private'
  addressPrefix: '10.0.0.0/16'
}

param monitoring = {
  retentionDays: 31
  dailyQuotaGb: -1
  grafana: true
  grafanaAdmins: [
    { id: '00000000-0000-0000-0000-0000000000a1', type: 'Group' }
  ]
}

param alerts = {
  emails: [
    'a@example.com'
    'b@example.com'
  ]
}

param settings = {
  Kafka__CreateTopics: 'All'
  Kafka__Partitions: 12
  Processing__FoldBatch: false
  State__KeepEmptyRows: '02:00:00'
}

param developers = [
  { id: '00000000-0000-0000-0000-0000000000d1', type: 'User' }
]
