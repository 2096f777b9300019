// Production: the whole pipeline in a network of its own, with instances that always run where waiting would be felt.
using 'main.bicep'

param environmentName = 'prod'

param kafka = {
  kind: 'eventHubs'
  sku: 'Premium'
  capacity: 1
  partitions: 4
  retentionHours: 720
  topics: [
    // Read again when a window's rules change.
    { name: 'web-logs', retentionHours: 2160 }
  ]
}

param hosting = {
  plan: 'FlexConsumption'
  instanceMemory: 2048
  maximumInstances: 200
  alwaysReady: [
    { group: 'http', instances: 1 }
    { group: 'ParseWebLogs', instances: 1 }
  ]
}

param state = {
  accounts: 2
  sku: 'Standard_ZRS'
}

param network = {
  access: 'private'
  addressPrefix: '10.40.0.0/22'
}

param monitoring = {
  retentionDays: 90
  dailyQuotaGb: 20
  grafana: true
}

param alerts = {
  emails: [
    'oncall@example.com'
  ]
  budget: {
    amount: 2500
    start: '2026-01-01'
  }
}

param purgeProtection = true
