// A deployment that people rely on: zone-redundant, locked, warm, and private towards storage, vault and cluster. Replace the example.com addresses
// and the ids by yours.
using 'main.bicep'

param environmentName = 'prod'
param allowedOrigins = ['https://app.example.com']
param authIssuer = 'https://login.example.com/'
param authAudience = 'myriadsync'
param authDatasetPatterns = ['user-{sub}']
param hbaseEndpoints = [
  'https://hbase-rest-1.cluster.example.com:8443'
  'https://hbase-rest-2.cluster.example.com:8443'
]
param hbaseCredentials = 'Bearer'
param schedulerEndpoints = ['http://rm-1.cluster.example.com:8192', 'http://rm-2.cluster.example.com:8192']
param privateNetwork = true
param networkPrefix = '10.90.0.0/26'
param clusterNetworkId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-cluster/providers/Microsoft.Network/virtualNetworks/vnet-cluster'
param maximumInstances = 100
param alwaysReadyHttp = 1
param alwaysReadyDurable = 1
param storageSku = 'Standard_ZRS'
param protect = true
param logRetentionDays = 90
param alertEmails = ['operators@example.com']
param alertLagSeconds = 300
