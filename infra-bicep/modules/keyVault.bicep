metadata name = 'Key vault'
metadata description = 'The vault of the credentials that the Kafka trigger needs; read by role, never by access policy.'

import { credentialsType, tagsType } from '../types.bicep'

@description('Required. Name of the vault.')
param name string

@description('Required. Region.')
param location string

@description('Required. Labels.')
param tags tagsType

@description('Required. Whether the vault is reached by private endpoint only.')
param isPrivate bool

@description('Required. Whether a deleted vault can be purged only after its seven days.')
param purgeProtection bool

@description('Optional. Credentials of a Kafka that is there already. Default: none are kept.')
param kafkaCredentials credentialsType = {}

@description('Required. Whether credentials are kept, and under which names.')
param kafkaEntries {
  keep: bool
  username: string
  password: string
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: purgeProtection ? true : null // false is refused
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }

  resource username 'secrets' = if (kafkaEntries.keep) {
    name: kafkaEntries.username
    properties: {
      value: empty(kafkaCredentials.?username) ? fail('This Kafka needs kafkaCredentials.username.') : kafkaCredentials.?username
      contentType: 'text/plain'
    }
  }

  resource password 'secrets' = if (kafkaEntries.keep) {
    name: kafkaEntries.password
    properties: {
      value: empty(kafkaCredentials.?password) ? fail('This Kafka needs kafkaCredentials.password.') : kafkaCredentials.?password
      contentType: 'text/plain'
    }
  }
}

@description('Id of the vault.')
output resourceId string = vault.id
