// Storage of the change log, the queues, the claim checks, of Durable and of the package that is deployed. No keys: the app's identity reaches it by
// its roles. Names of tables, queues and containers are those of functions/ChangeLog/StorageNames.cs; a test compares them.

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Redundancy. Only kinds that replicate within the region: a failover to another region would take the log back in time.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('Name of the identity that gets the data roles.')
param identityName string

@description('Tables of the app.')
param tables string[]

@description('Queues of the app, the built-in poison queues among them.')
param queues string[]

@description('Containers of the app, and of its package.')
param containers string[]

@description('Folder of batches waiting for their commit: container and prefix.')
param batchesPrefix string

@description('Days without a read after which a batch\'s claim check is an orphan. A waiting batch reads its own every hour or so.')
@minValue(7)
@maxValue(365)
param orphanDays int

@description('True: reachable through private endpoints only.')
param isPrivate bool

@description('True: the account cannot be deleted before its lock is.')
param lock bool

// What the app does: create containers and leases, send and receive messages, write entities.
var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // The lifecycle rule below asks for the last read.
      lastAccessTimeTrackingPolicy: {
        enable: true
        name: 'AccessTimeTracking'
        trackingGranularityInDays: 1
        blobType: ['blockBlob']
      }
    }

    resource container 'containers' = [for container in containers: {
      name: container
      properties: { publicAccess: 'None' }
    }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in queues: {
      name: queue
    }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for table in tables: {
      name: table
    }]
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'orphaned-batches'
            enabled: true
            type: 'Lifecycle'
            definition: {
              // Parked items, held records and conflicts lie beside this folder and stay until somebody has decided on them.
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: [batchesPrefix]
              }
              actions: {
                baseBlob: {
                  delete: { daysAfterLastAccessTimeGreaterThan: orphanDays }
                }
              }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(roles): {
  name: guid(account.id, identity.id, role.value)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

resource deleteLock 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'holds-the-change-log'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The change log lies here, and nowhere else.'
  }
}
