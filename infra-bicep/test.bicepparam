// Test: the whole pipeline as in production, without its network and without instances that always run.
using 'main.bicep'

param environmentName = 'test'

param kafka = {
  kind: 'eventHubs'
  sku: 'Premium'
  capacity: 1
  partitions: 4
  retentionHours: 168
}

param hosting = {
  plan: 'FlexConsumption'
  instanceMemory: 2048
  maximumInstances: 40
}

param state = {
  accounts: 1
  sku: 'Standard_ZRS'
}

param monitoring = {
  retentionDays: 30
  dailyQuotaGb: 5
  grafana: false
}
